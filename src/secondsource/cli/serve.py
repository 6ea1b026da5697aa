"""`serve`: the web pages and the HTTP API over a library, or over nothing but what is pasted."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .common import Quiet, Verbose, talk_of

if TYPE_CHECKING:
    from ..store import Library

LEAST = 12
"""A token has at least so many characters."""


def serve(
    library: Annotated[
        str | None, typer.Option("--library", metavar="FILE", help="The library to show; none: paste only.")
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="The port to listen on.")] = 8000,
    host: Annotated[
        str, typer.Option(help="The address to listen on; not this computer: with a token.")
    ] = "127.0.0.1",
    token: Annotated[
        str | None,
        typer.Option(
            envvar="SECONDSOURCE_TOKEN", help="Who shows it is let in; better given by the environment."
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A name under which the server is asked for.")
    ] = None,
    read: Annotated[bool, typer.Option(help="Read what waits in the library meanwhile.")] = True,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Serve the pages and the API: stories, articles, people, search, and articles pasted for a brief."""
    talk = talk_of(quiet, verbose)
    _check(host, token)
    from ..errors import InputError, MissingExtraError, StoreError
    from ..web import create_app

    opened = None
    try:
        opened = _open(library)
        app = create_app(opened, token=token, hosts=_names(host, allow_host or []), read=read)
    except (InputError, StoreError, MissingExtraError) as error:
        typer.echo(f"secondsource: {error}", err=True)
        raise typer.Exit(2) from None
    import uvicorn

    shown = f"[{host}]" if ":" in host else host
    talk.note(f"http://{shown}:{port}/ (end with Ctrl-C)")
    try:
        uvicorn.run(
            app, host=host, port=port, log_level="info" if verbose else "warning", server_header=False
        )
    finally:
        if opened is not None:
            opened.close()


def _check(host: str, token: str | None) -> None:
    """End where anybody on the network would be let in."""
    if token is not None and len(token) < LEAST:
        typer.echo(f"secondsource: a token has at least {LEAST} characters", err=True)
        raise typer.Exit(2)
    if token is None and not _is_here(host):
        typer.echo(
            f"secondsource: {host} can be reached from elsewhere: set SECONDSOURCE_TOKEN, or give --token",
            err=True,
        )
        raise typer.Exit(2)


def _is_here(host: str) -> bool:
    """Whether an address can be reached from this computer only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _names(host: str, allowed: list[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in (host, *allowed))


def _open(library: str | None) -> Library | None:
    """The library, which has to be there already: a name misspelt makes no new one."""
    if library is None:
        return None
    from ..errors import InputError
    from ..store import Library

    if "://" not in library and not Path(library).is_file():
        raise InputError(f"there is no library {library}; 'secondsource add --library {library}' makes one")
    return Library(library)
