"""The figures we quote, each a command: ``make bench``, or ``make bench ONLY=public_page``.

``python -m benchmarks`` runs every measure on SQLite and, where the system has it, on PostgreSQL,
prints a table and writes one JSON object a line to the file that ``BENCH_OUT`` names.

Pages are asked for as a web server asks: through the WSGI application with all its middleware,
cookies, tokens and settings of use, static files collected, nothing mocked. ``cpu_ms`` is processor
time, ours and the database's together: of this process, and on PostgreSQL of its server processes.
``sql`` counts every statement sent, savepoints and all.
"""
