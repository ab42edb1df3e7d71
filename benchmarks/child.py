"""Run every measure on the database this process was given; write a line for each."""

import json
import os
import sys
import tempfile
import traceback
from pathlib import Path


def main(kept: Path) -> int:
    """Prepare a database, measure, write."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.config.settings"
    import django
    from django.conf import settings

    with tempfile.TemporaryDirectory(prefix="alongside-static-") as static:
        settings.STATIC_ROOT = static
        django.setup()
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from benchmarks import measures

        only = os.environ.get("ONLY", "")
        if only and only not in measures.ALL:
            print(f"There is no benchmark {only!r}. There are: {', '.join(measures.ALL)}")
            return 1
        went_well = True
        world = measures.World()
        with kept.open("a", encoding="utf-8") as file:
            for name, measure in measures.ALL.items():
                if only in ("", name):
                    try:
                        figures = measure(world)
                    except Exception:
                        traceback.print_exc()
                        print(f"{name} could not be measured.", flush=True)
                        went_well = False
                        continue
                    line = figures.line()
                    print(f"  {name}: {line}", flush=True)
                    file.write(json.dumps(line) + "\n")
                    file.flush()
    return 0 if went_well else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
