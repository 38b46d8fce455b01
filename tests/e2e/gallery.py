# SPDX-License-Identifier: MIT
"""The page that shows the pictures of test_applications.py."""

import html
import os

PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Applications on sill</title>
<style>
body {{ font-family: sans-serif; margin: 2em; }}
figure {{ display: inline-block; margin: 0 1em 1em 0; }}
img {{ width: 40em; max-width: 100%; }}
</style>
<h1>Applications on sill</h1>
<p>As FreeRDP's client shows them, moved and resized: each after it was typed into or clicked, and
with a menu open.</p>
{0}</html>
"""


def leaf(application, what=""):
    """The name of a picture's file."""
    return "-".join(filter(None, (application.name, what))) + ".png"


def forget(folder, application):
    """Takes the pictures of an earlier run away."""
    for what in ("", "menu"):
        try:
            os.unlink(os.path.join(folder, leaf(application, what)))
        except FileNotFoundError:
            pass


def _figure(folder, application, what):
    name = leaf(application, what)
    if not os.path.exists(os.path.join(folder, name)):
        return ""
    caption = html.escape(f"{application.name} {what}".strip())
    return (f'<figure><a href="{name}"><img src="{name}" alt="{caption}"></a>'
            f"<figcaption>{caption}</figcaption></figure>\n")


def _section(folder, application):
    figures = "".join(_figure(folder, application, what) for what in ("", "menu"))
    if not figures:
        return ""
    lacks = f" Has no {html.escape(application.lacks)}." if application.lacks else ""
    return (f"<h2>{html.escape(application.name)}</h2>\n"
            f"<p>{html.escape(application.toolkit)}.{lacks}</p>\n{figures}")


def write(folder, applications):
    """index.html, of what there are pictures of."""
    sections = "".join(_section(folder, application) for application in applications)
    with open(os.path.join(folder, "index.html"), "w", encoding="utf-8") as file:
        file.write(PAGE.format(sections))
