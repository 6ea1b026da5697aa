"""How the English reader's weights are made: corpora in, one small multi-task network out."""
