"""Make the first system administrator, who then adds everybody else on the pages."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from alongside.accounts import actions, audit
from alongside.accounts.models import User
from alongside.accounts.tokens import password_link


class Command(BaseCommand):
    """``manage.py add_administrator ada@example.org --name "Ada Bright"``."""

    help = (
        "Make somebody a system administrator and print the link with which they choose a password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the address and the name."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument(
            "--new-second-step",
            action="store_true",
            help="Remove the second step they lost, where no administrator is left to do it.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; again for the same person prints a new link."""
        email, name = options["email"].strip().lower(), options["name"].strip()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError("Enter an email address like name@example.com") from None
        if not 0 < len(name) <= 200:
            raise CommandError("Enter a name of 200 characters or fewer")
        with transaction.atomic():
            by = audit.system()
            user = User.objects.filter(email=email).first()
            if user is None or not user.role_grants.standing().exists():
                user = actions.add_staff(name=name, email=email, roles=[], by=by)
            actions.open_account(user=user, by=by)
            actions.grant_role(user=user, role="administrator", by=by)
            if options["new_second_step"]:
                actions.reset_second_step(user=user, by=by)
        days = settings.PASSWORD_RESET_TIMEOUT // actions.DAY_SECONDS
        self.stdout.write(
            f"{user.name} is a system administrator. They choose a password here, once, "
            f"within {days} days:\n\n{password_link(user)}\n"
        )
