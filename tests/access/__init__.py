"""What every page owes to whoever reads it: WCAG 2.2 AA, valid HTML, little weight, the keyboard, small screens.

`states.py` lists what is looked at, once for all tests here and for the drill `access`; `world.py` makes it and keeps
the answers; `stage.py` shows them in a real Chromium.
"""
