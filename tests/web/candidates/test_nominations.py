"""The pages of a nomination: typed from paper, examined, accepted, sent back, withdrawn."""

import re

import pytest
from sqlalchemy import select

from election.database import db
from election.models import Cosigner, Nomination, Person
from election.queries.audit import verify
from election.rules.access import Role
from election.rules.terms import Level
from tests.builders import Office
from tests.client import StrictClient
from tests.queries.candidates.office import (
    Town,
    a_town,
    by_voters,
    fill,
    publish,
    receive,
    statuses,
    voters,
)
from tests.web.candidates.listing import key, text

NUMBER = "330225198005011229"
PERSON = {"name": "丁一", "sex": "female", "birth_month": "1980-05", "received_on": "2021-11-26"}
PAPERS = dict.fromkeys(
    ("introduction", "acceptance", "identity", "resume", "residence_abroad_stated"), "y"
)


@pytest.fixture
def town(office: Office) -> Town:
    return a_town(office)


@pytest.fixture
def registrar(client: StrictClient) -> StrictClient:
    return client.sign_in(Role.REGISTRAR)


def new(town: Town, number: int = 1) -> str:
    return f"/districts/{key(town, number)}/nominations/new"


def joint(*lines: str, **more: str) -> dict[str, str]:
    return PERSON | {"kind": "joint", "signers": "\n".join(lines)} | more


def organised(names: str = "镇妇联", **more: str) -> dict[str, str]:
    return PERSON | {"kind": "organisation", "organisations": names} | more


def stored() -> Nomination:
    db.session.expire_all()
    return db.session.scalars(select(Nomination).order_by(Nomination.id.desc()).limit(1)).one()


def test_a_joint_nomination_is_typed_examined_and_accepted(
    registrar: StrictClient, town: Town
) -> None:
    answer = registrar.post(new(town), joint(*voters(9), "选民, 9", id_number=NUMBER))
    page = text(registrar.get(answer.location))
    assert "已保存；有1个重复签名，只计一次。" in page
    assert "有效签名9个，需要10个" in page
    assert "E.425" in page
    path = answer.location
    refused = registrar.post(f"{path}/accept", PAPERS | {"version": "1"}, status=422)
    assert "R.474" in text(refused)
    edit = text(registrar.get(f"{path}/edit"))
    assert "选民, 9" in edit
    registrar.post(
        f"{path}/edit",
        {
            "kind": "joint",
            "signers": "\n".join(voters(10)),
            "received_on": "2021-11-26",
            "version": str(stored().version),
        },
    )
    registrar.post(f"{path}/accept", PAPERS | {"version": str(stored().version)})
    assert statuses(town) == {"丁一": "preliminary"}
    assert verify(db.session()) == []


def test_missing_papers_are_named_and_nothing_is_accepted(
    registrar: StrictClient, town: Town
) -> None:
    path = registrar.post(new(town), organised()).location
    some = dict.fromkeys(list(PAPERS)[:3], "y")
    page = text(registrar.post(f"{path}/accept", some | {"version": "1"}, status=422))
    assert ("缺少简历" in page, "缺少是否取得国外永久居留权的说明" in page) == (True, True)
    assert stored().status.value == "received"


def test_organisations_are_split_and_kept_once(registrar: StrictClient, town: Town) -> None:
    registrar.post(new(town), organised("镇工会, 镇妇联，镇工会、 ", signers="王伟"))
    assert (stored().organisation, stored().cosigners) == ("镇工会、镇妇联", [])


def test_what_is_missing_or_wrong_on_the_paper_is_named_at_its_field(
    registrar: StrictClient, town: Town
) -> None:
    for fields, words in (
        (organised(""), "请填写推荐单位"),
        (joint(), "请逐行填写联名人"),
        (joint("王伟", "=cmd|"), "第2行"),
        (joint("沈某, 7", "沈某, 8", "沈某"), "本选区有多名“沈某”联名"),
        (organised(name="丁\u200b一"), "不可见字符"),
        (organised(id_number="330225198005011220"), "末位校验不符"),
        (organised(received_on="2199-01-01"), "日期不能晚于今天"),
        (organised(f"镇妇联{NUMBER}"), "文字中有身份证号码"),
    ):
        assert words in text(registrar.post(new(town), fields, status=422)), words
    assert db.session.scalars(select(Person)).all() == []


def test_an_unknown_field_is_refused(registrar: StrictClient, town: Town) -> None:
    registrar.post(new(town), organised(status="accepted"), status=400)


def test_a_known_name_asks_whether_it_is_the_same_person(
    registrar: StrictClient, town: Town
) -> None:
    registrar.post(new(town), organised(occupation="教师"))
    county = f"/districts/{town.districts[Level.COUNTY, 1]}/nominations/new"
    page = text(registrar.post(county, organised(), status=422))
    assert "丁一，女，1980-05，教师" in page
    person = stored().person_id
    registrar.post(county, organised(same_as=str(person)))
    assert stored().person_id == person
    for nobody in ("999", "²", "9" * 5000):
        registrar.post(new(town, 3), organised("镇工会", same_as=nobody), status=422)
    registrar.post(new(town, 3), organised("镇工会", same_as="new"))
    assert stored().person_id != person


def test_the_number_finds_the_person_without_asking(registrar: StrictClient, town: Town) -> None:
    registrar.post(new(town), organised(id_number=NUMBER))
    county = f"/districts/{town.districts[Level.COUNTY, 1]}/nominations/new"
    registrar.post(county, organised(id_number=NUMBER.lower()))
    assert len(db.session.scalars(select(Person)).all()) == 1


def test_a_repeated_operation_registers_once(registrar: StrictClient, town: Town) -> None:
    fields = organised(op="the-same")
    first, second = registrar.post(new(town), fields), registrar.post(new(town), fields)
    assert first.location == second.location
    assert len(db.session.scalars(select(Nomination)).all()) == 1


def test_signers_are_shown_to_who_examines_and_to_nobody_else(
    registrar: StrictClient, town: Town
) -> None:
    nomination_id = receive(town, "丁一", nominators=by_voters("沈秘密, 77", *voters(8)))
    assert "沈秘密, 77" in text(registrar.get(f"/nominations/{nomination_id}"))
    for path in (f"/nominations/{nomination_id}", f"/districts/{key(town)}/candidates"):
        teller = StrictClient(registrar.http.application, registrar.office).sign_in(Role.TELLER)
        page = text(teller.get(path))
        assert ("沈秘密" in page, "E.425" in page) == (False, True)


def test_what_the_roll_says_of_a_signer_is_recorded_on_the_page(
    registrar: StrictClient, town: Town
) -> None:
    nomination_id = receive(town, "丁一", nominators=by_voters(*voters(10)))
    row = db.session.scalars(select(Cosigner).order_by(Cosigner.id)).first()
    assert row is not None
    verdict = f"/cosigners/{row.id}/verdict"
    registrar.post(verdict, {"verdict": "not_on_roll", "version": "1"})
    page = registrar.get(f"/nominations/{nomination_id}").get_data(as_text=True)
    assert "有效签名9个，需要10个" in text(registrar.get(f"/nominations/{nomination_id}"))
    assert len(re.findall(r'value="not_on_roll" selected', page)) == 1
    registrar.post(verdict, {"verdict": "maybe", "version": "1"}, status=422)


def test_a_nomination_goes_back_and_is_withdrawn_with_reasons(
    registrar: StrictClient, town: Town
) -> None:
    nomination_id = receive(town, "丁一")
    path = f"/nominations/{nomination_id}"
    registrar.post(f"{path}/send-back", {"reason": "", "version": "1"}, status=422)
    registrar.post(f"{path}/send-back", {"reason": "缺简历", "version": "1"})
    assert (stored().status.value, stored().note) == ("incomplete", "缺简历")
    assert "缺简历" in text(registrar.get(path))
    registrar.post(f"{path}/withdraw", {"reason": "", "version": "2"}, status=422)
    registrar.post(f"{path}/withdraw", {"reason": "推荐人来信撤回", "version": "1"}, status=409)
    registrar.post(f"{path}/withdraw", {"reason": "推荐人来信撤回", "version": "2", "op": "w"})
    assert stored().status.value == "withdrawn"
    registrar.get(path)
    assert verify(db.session()) == []


def test_a_correction_names_its_faults_and_cannot_touch_what_is_accepted(
    registrar: StrictClient, town: Town
) -> None:
    receive(town, "马一", nominators=by_voters("沈某, 7", "沈某, 8", *voters(8)))
    nomination_id = receive(town, "丁一")
    path = f"/nominations/{nomination_id}/edit"
    fields = {"kind": "joint", "signers": "沈某", "received_on": "2021-11-26", "version": "1"}
    assert "请在姓名后注明选民名单编号" in text(registrar.post(path, fields, status=422))
    registrar.post(path, fields | {"received_on": ""}, status=422)
    registrar.post(f"/nominations/{nomination_id}/accept", PAPERS | {"version": "1"})
    ten = {"signers": "\n".join(voters(10)), "version": "2", "op": "late"}
    assert "R.472" in text(registrar.post(path, fields | ten, status=422))


def test_a_withdrawal_after_the_first_list_is_refused_with_its_article(
    registrar: StrictClient, town: Town
) -> None:
    fill(town)
    publish(town)
    row = db.session.scalars(select(Nomination).limit(1)).one()
    answer = registrar.post(
        f"/nominations/{row.id}/withdraw", {"reason": "x", "version": row.version}, status=422
    )
    assert "R.450" in text(answer)
    assert "《浙江省选举实施细则》第三十五条" in text(answer)


def test_the_page_keeps_what_was_typed_when_the_paper_has_faults(
    registrar: StrictClient, town: Town
) -> None:
    page = registrar.post(new(town), joint("王伟", "=", name="丁𬭎"), status=422)
    body = page.get_data(as_text=True)
    assert ('value="丁𬭎"' in body, "王伟\n=" in body) == (True, True)
