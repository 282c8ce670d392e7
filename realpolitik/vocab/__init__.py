"""What is named: actors, states, kinds of act, and the codes of others for them.

Plain dated tables under `data/`, read with the standard library only, so that
a name is resolved before any heavy library is loaded.
"""
