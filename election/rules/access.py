"""Who may do what: roles, permissions, and the separations that no role can lift.

Administrators manage accounts and have no right over counts (design decision 13).
"""

from dataclasses import dataclass, field
from enum import StrEnum

from election.rules.terms import RuleViolation, declare_code


class Role(StrEnum):
    """The roles of an election office."""

    ADMINISTRATOR = "administrator"
    DIRECTOR = "director"
    REGISTRAR = "registrar"
    REVIEWER = "reviewer"
    STATION_OFFICER = "station_officer"
    TELLER = "teller"
    SCRUTINEER = "scrutineer"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """One right each; a route and an act name exactly one."""

    SEE_OFFICE = "see_office"  # the stage pages without any count
    MANAGE_ACCOUNTS = "manage_accounts"
    KEEP_BACKUPS = "keep_backups"
    SET_UP = "set_up"
    EDIT_UNITS = "edit_units"
    EDIT_DISTRICTS = "edit_districts"
    NOMINATE = "nominate"
    REVIEW = "review"
    FIX_LISTS = "fix_lists"
    EDIT_PLACES = "edit_places"
    KEEP_BALLOT_ACCOUNT = "keep_ballot_account"
    ENTER_COUNT = "enter_count"
    SIGN_COUNT = "sign_count"  # compare, resolve, sign
    REOPEN_COUNT = "reopen_count"
    SEE_RESULTS = "see_results"
    CERTIFY = "certify"
    PUBLISH = "publish"
    SEE_AUDIT = "see_audit"


_OFFICE = frozenset({Permission.SEE_OFFICE})
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _OFFICE | {Permission.MANAGE_ACCOUNTS, Permission.KEEP_BACKUPS},
    Role.DIRECTOR: _OFFICE
    | {
        Permission.SET_UP,
        Permission.EDIT_UNITS,
        Permission.EDIT_DISTRICTS,
        Permission.FIX_LISTS,
        Permission.EDIT_PLACES,
        Permission.REOPEN_COUNT,
        Permission.SEE_RESULTS,
        Permission.CERTIFY,
        Permission.SEE_AUDIT,
    },
    Role.REGISTRAR: _OFFICE | {Permission.EDIT_UNITS, Permission.NOMINATE, Permission.EDIT_PLACES},
    Role.REVIEWER: _OFFICE | {Permission.REVIEW},
    Role.STATION_OFFICER: _OFFICE | {Permission.KEEP_BALLOT_ACCOUNT},
    Role.TELLER: _OFFICE | {Permission.ENTER_COUNT},
    Role.SCRUTINEER: _OFFICE | {Permission.SIGN_COUNT, Permission.SEE_RESULTS},
    Role.PUBLISHER: _OFFICE | {Permission.SEE_RESULTS, Permission.PUBLISH},
    Role.AUDITOR: _OFFICE | {Permission.SEE_RESULTS, Permission.SEE_AUDIT},
}

NOT_ALLOWED = declare_code(
    "R.901",
    rule="D13",
    zh="您的职责不包括此项操作（需要权限：{permission}）",
    en="your role does not include this act (it needs: {permission})",
    remedy_zh="请由有此职责的人员办理，或请管理员调整职责",
    remedy_en="ask a colleague who holds the role, or the administrator",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the official's number goes on record, never the name."""

    township_id: int
    official_id: int | None
    number: str
    roles: frozenset[Role] = field(default_factory=frozenset)

    def may(self, permission: Permission) -> bool:
        """Whether one of the roles grants this right."""
        return any(permission in GRANTS[role] for role in self.roles)

    def role_for(self, permission: Permission) -> Role:
        """The role under which the act is done; raises R.901 when there is none."""
        for role in Role:
            if role in self.roles and permission in GRANTS[role]:
                return role
        raise RuleViolation(NOT_ALLOWED, permission=permission.value)
