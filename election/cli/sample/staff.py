"""The sample's office: who works there, and how the driver acts in their names."""

from dataclasses import dataclass

from election.actions import accounts
from election.actions.act import Act
from election.cli.sample.moments import now
from election.database import transaction
from election.rules.access import Actor, Role

Login = tuple[str, str, str]  # user name, one-time password, role
CODE, NAME, COUNTY = "330225103", "鹤浦镇（样例）", "象山县（样例）"
# user name, name on screen, role; a visitor can be the three people a count needs
_STAFF: tuple[tuple[str, str, Role], ...] = (
    ("director", "选举办主任", Role.DIRECTOR),
    ("registrar", "登记员", Role.REGISTRAR),
    ("reviewer", "审查员", Role.REVIEWER),
    ("station", "投票站工作人员", Role.STATION_OFFICER),
    ("teller1", "计票人一", Role.TELLER),
    ("teller2", "计票人二", Role.TELLER),
    ("scrutineer", "监票人", Role.SCRUTINEER),
    ("publisher", "公布员", Role.PUBLISHER),
    ("auditor", "审计员", Role.AUDITOR),
)


@dataclass(frozen=True, slots=True)
class Staff:
    """Actors by user name, and the logins to print once."""

    township_id: int
    actors: dict[str, Actor]
    logins: list[Login]

    def __getitem__(self, username: str) -> Actor:
        return self.actors[username]


def hire() -> Staff:
    """Found the sample town and its office."""
    at = now()
    with transaction() as session:
        town = accounts.found_township(
            session, code=CODE, name=NAME, county=COUNTY, is_sample=True, at=at
        )
        first, password = accounts.first_administrator(
            session, town, username="admin", name="管理员", at=at
        )
        actors = {"admin": first.as_actor()}
        logins = [("admin", password, _label("管理员", Role.ADMINISTRATOR))]
        for username, name, role in _STAFF:
            official, secret = accounts.add_official(
                Act(session, actors["admin"], at),
                username=username,
                name=name,
                roles=[role],
                must_change_password=False,
            )
            actors[username] = official.as_actor()
            logins.append((username, secret, _label(name, role)))
        return Staff(town.id, actors, logins)


def _label(name: str, role: Role) -> str:
    return f"{name} {role.value.replace('_', ' ')}"
