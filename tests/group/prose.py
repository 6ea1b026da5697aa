"""Reports written for these tests: one agency text, what papers made of it, and reports of their own."""

from __future__ import annotations

from secondsource.model import Article

WIRE = """\
PORT ALDERN (Meridian) - A landslide cut the only railway into the mountain town of Brisk on Monday, \
stranding more than 300 passengers overnight in two trains.

Rescue teams reached the first train shortly before dawn and led the passengers on foot to a school in the \
nearest village, where volunteers had set up beds and a kitchen.

"We heard a sound like thunder and then the lights went out," said Ana Collet, a nurse who was travelling \
with her two children.

The railway company said it would take at least nine days to clear the line, since the slope above it was \
still moving and engineers could not yet work below it.

Heavy rain has fallen in the region since Thursday, and the weather service expects more on Wednesday. The \
governor asked residents of six villages to leave their homes until the end of the week."""

TOUCHED_UP = """\
By Staff and wires

The governor asked residents of six villages to leave their homes until the end of the week after a slide \
blocked trains to Brisk.

Rescue teams got to the first train shortly before dawn and led passengers on foot to a school in the \
nearest village, where volunteers had set up beds and a kitchen.

The railway company said that it would take at least nine days to clear the line, since the slope above it \
was still moving and engineers could not yet work below it."""

OWN = """\
Leila Brandt spent the night on a railway carriage floor with a stranger's coat for a pillow. She was one of \
hundreds of travellers trapped when the hillside gave way outside Brisk on Monday evening.

"We heard a sound like thunder and then the lights went out," said Ana Collet, a nurse who sat beside her.

At the school in Harn, teachers were handing out soup by seven in the morning. Some of the rescued had not \
slept. Others were already asking when the buses would come. No one could tell them."""

BUDGET = """\
The city council of Port Aldern approved a budget on Monday that raises the tax on parking and cuts the \
hours of three libraries. Councillors of the opposition left the chamber before the vote.

The mayor said the libraries would open again on Saturdays once the new tram line pays for itself."""

COLUMN = """\
I never wanted a dog. My husband did, and so I gave in. I walk it every morning before the children wake, \
and I have met more of my neighbours in a year of walking than in twenty years of living here."""


def article(text: str, id: str, **more: str) -> Article:
    """An article with a readable id."""
    return Article(text=text, id=id, **more)


def landslide() -> tuple[Article, ...]:
    """The wire text, two reprints, an edited version, an independent report, and other news."""
    return (
        article(
            WIRE, "wire", outlet="Meridian", published="2024-03-05", title="Landslide strands 300 near Brisk"
        ),
        article(
            WIRE,
            "gazette",
            outlet="Aldern Gazette",
            published="2024-03-05",
            title="Hundreds stranded by slide",
        ),
        article(
            TOUCHED_UP,
            "courier",
            outlet="The Courier",
            published="2024-03-05",
            title="Slide blocks Brisk trains",
        ),
        article(
            OWN, "herald", outlet="Harn Herald", published="2024-03-05", title="Night on a train near Brisk"
        ),
        article(
            BUDGET, "council", outlet="Aldern Gazette", published="2024-03-05", title="Council passes budget"
        ),
    )
