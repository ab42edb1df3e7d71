"""The NHS look: page frame, macros, forms, question journeys, lists in pages, print. No domain word.

Its five words: *frame*, *macro*, *field*, *step*, *page*.

**The look.** The components, spacing, type sizes and colours are the NHS design system's; so are its
focus, error and button colours, which people know. Ours are the frame around them (navy, with an amber
mark: two shapes side by side), a warm paper-white page, and plain Arial. We ship neither the NHS logo
nor its font. ``static/design/nhsuk-frontend.*`` are copied by ``scripts/vendor_nhsuk.py`` and never edited;
``static/design/app.css`` is our layer over them.

**A page** extends ``design/page.jinja``, fills the block ``content`` (and ``before``, above the heading) and is
given by its view: ``title`` (needed: the ``h1`` and the ``<title>``); ``caption`` above it; ``back``, where "Back"
leads; ``form``, whose errors are listed above the heading and put "Error: " before the title (a list of
forms and a formset too); ``wide`` for staff pages with tables; ``description`` for search engines;
``question`` where a legend or label is the ``h1`` (``field(form["x"], as_h1=True)``); ``large_print`` for 18 point.
Bare ``<h2>``, ``<h3>``, ``<p>`` and lists are styled; NHS classes work too.

**Our classes.** ``app-cards`` and ``app-cards--wide`` (a list of cards in columns), ``app-rows`` (a list with lines between),
``app-actions`` (buttons and links in a row), ``app-filters`` with ``app-filters__row`` (a search form above a list),
``app-table-scroll`` (a table too wide for cards: give it ``tabindex="0" role="region" aria-label``), ``app-figure`` (a number that
matters), ``app-muted``, ``app-typed`` (keeps line breaks), ``app-no-print``, ``app-only-print``, ``app-large-print``
and ``app-no-address`` (print no address after its links).

**On paper** the menu, buttons, filters and "Change" links go; the address of each link follows it.

**Rooms upstairs** hang their names and links in the frame by ``design.frame.frame_parts``.
"""
