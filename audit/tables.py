"""Makes the tables of an app in one step. Made one by one, each costs Django a draft of all others again: a first start
spent most of its time on that.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Tables(Operation):
    """A migration step that makes tables as they stand after all `drafts`: `CreateModel`, and what is added later."""

    def __init__(self, drafts: list[Operation]) -> None:
        self.drafts = drafts

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # drafted once, when all are known
        for draft in self.drafts:
            draft.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: Any
    ) -> None:
        for table in self.made():
            table.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: Any
    ) -> None:
        for table in reversed(self.made()):
            table.database_backwards(app_label, schema_editor, from_state, to_state)

    def made(self) -> list[CreateModel]:
        """Their fields, indexes and constraints come with them; foreign keys follow when all stand."""
        return [draft for draft in self.drafts if isinstance(draft, CreateModel)]

    def describe(self) -> str:
        return "Make " + ", ".join(table.name for table in self.made())
