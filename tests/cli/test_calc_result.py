"""`calc result`: one answer per case, all or nothing, and one clear line for each fault."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from election.cli.calc.result import FLAG_WORDS, NEXT_WORDS, REASON_WORDS, command
from election.rules.results import Consequence, Flag, Reason

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "cases" / "results.jsonl"
LINES = FIXTURE.read_text(encoding="utf-8").splitlines()
CASE = {
    "kind": "deputies",
    "round": "first",
    "seats": 2,
    "registered": 1000,
    "issued": 612,
    "returned": 610,
    "void": 20,
    "votes": {"A": 400, "B": 306, "C": 298},
}
RECALL = {"kind": "recall", "seats": 1, "registered": 1200, "votes": {"for": 601}}


def run(path: Path, *options: str) -> Result:
    return CliRunner().invoke(command, [str(path), *options])


def written(folder: Path, text: str, name: str = "cases.jsonl") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def jsonl(*documents: object) -> str:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in documents)


def refused(path: Path, *options: str) -> list[str]:
    """The fault lines of an unusable file, without its name; stdout must stay empty."""
    result = run(path, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert all(line.startswith(f"{path}:") for line in lines)
    return [line.removeprefix(f"{path}:") for line in lines]


def test_all_worked_cases_are_answered_in_one_go_and_in_order() -> None:
    rows = [json.loads(line) for line in LINES]
    result = run(FIXTURE, "--json")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert (result.exit_code, result.stderr, len(answers)) == (0, "", len(rows))
    for row, answer in zip(rows, answers, strict=True):
        assert answer.pop("steps")
        answer["flags"] = [flag for flag in answer["flags"] if flag != "LAW_SILENT"]
        assert answer == row["expected"], row["name"]


def test_more_votes_than_the_papers_carry_are_named_and_nothing_is_answered(tmp_path: Path) -> None:
    assert refused(written(tmp_path, jsonl(CASE, {**CASE, "votes": {"A": 600, "B": 581}}))) == [
        "2:votes: 得票合计1181，多于有效票590张×每张至多2个=最多1180"
        " / 1181 votes in all exceed 590 valid papers x 2 marks = 1180"
    ]


def test_the_command_is_reached_from_the_command_line(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps(RECALL), "recall.json")
    done = subprocess.run(
        [sys.executable, "-m", "election", "calc", "result", str(path), "--json"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["elected"] == ["recalled"]


def test_a_step_carries_rule_article_both_sentences_and_figures(tmp_path: Path) -> None:
    result = run(written(tmp_path, jsonl(RECALL)), "--json")
    assert json.loads(result.stdout)["steps"] == [
        {
            "rule": "R10.3",
            "article": "EL 52-53; ZJ 56",
            "text": {
                "zh": "全选区登记选民1200名，过半数为601票；赞成罢免601票，罢免通过。",
                "en": "1200 voters are registered; more than half of all of them is 601 votes."
                " For the recall: 601. The recall passes.",
            },
            "figures": {"registered": 1200, "need": 601, "votes": 601},
        }
    ]


@pytest.mark.parametrize("name", ["one.json", "one.jsonl", "one.JSON", "one.txt"])
def test_a_case_printed_over_several_lines_is_one_case(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, "\n\n" + json.dumps(CASE, indent=2) + "\n\n", name)
    result = run(path, "--json")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    assert json.loads(result.stdout)["elected"] == ["A"]


def test_a_wrapped_case_and_a_bare_case_are_answered_alike(tmp_path: Path) -> None:
    wrapped = {"name": "EX-29", "case": CASE, "expected": None, "note": "anything"}
    result = run(written(tmp_path, jsonl(CASE, wrapped)), "--json")
    bare, other = result.stdout.splitlines()
    assert bare == other


def test_blank_lines_windows_line_ends_and_a_bom_do_no_harm(tmp_path: Path) -> None:
    text = "\ufeff\r\n" + json.dumps(CASE) + "\r\n  \r\n\r\n" + json.dumps(RECALL) + "\r\n"
    result = run(written(tmp_path, text), "--json")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 2)


def test_a_line_separator_inside_a_name_does_not_split_the_case(tmp_path: Path) -> None:
    case = {**CASE, "votes": {"A\u2028B": 400}}
    result = run(written(tmp_path, jsonl(case, RECALL)), "--json")
    assert json.loads(result.stdout.split("\n")[0])["elected"] == ["A\u2028B"]


def test_names_in_gb18030_are_read(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(jsonl({**CASE, "votes": {"选民甲": 400}}).encode("gb18030"))
    assert json.loads(run(path, "--json").stdout)["elected"] == ["选民甲"]


def test_a_void_election_is_an_answer_and_not_a_failure(tmp_path: Path) -> None:
    path = written(tmp_path, jsonl({**CASE, "registered": 2000}))
    for options in ((), ("--json",)):
        assert run(path, *options).exit_code == 0


def test_half_a_character_in_a_name_comes_out_as_it_went_in(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps({**CASE, "votes": {"\ud800": 400}}))
    done = subprocess.run(
        [sys.executable, "-m", "election", "calc", "result", str(path), "--json"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert json.loads(done.stdout)["elected"] == ["\ud800"]


# -- faults ---------------------------------------------------------------------------------------


def test_all_faults_of_all_lines_are_listed_and_good_lines_are_not_answered(tmp_path: Path) -> None:
    text = jsonl(CASE, {**CASE, "void": 3.0}) + "\n" + jsonl({**CASE, "issued": 1001, "seats": 4})
    assert refused(written(tmp_path, text), "--json") == [
        "2:void: 3.0不是整数；应写阿拉伯数字，不带引号和小数点，如12"
        " / 3.0 is not a whole number; write digits without quotes or point, as 12",
        "4:seats: 选区应选代表4名；依法每一选区选1至3名（选举法第25条）"
        " / 4 seats in one district; the law allows 1 to 3 (EL 25)",
        "4:issued: 发出选票1001张多于登记选民1000名 / 1001 issued exceed 1000 voters",
    ]


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ('"issued": 612.0', "issued"),
        ('"issued": 1e3', "issued"),
        ('"issued": "612"', "issued"),
        ('"issued": true', "issued"),
        ('"issued": null', "issued"),
        ('"issued": NaN', "issued"),
        ('"issued": -612', "issued"),
    ],
)
def test_a_figure_that_is_no_whole_number_is_named(tmp_path: Path, raw: str, field: str) -> None:
    text = json.dumps(CASE).replace('"issued": 612', raw)
    (fault,) = refused(written(tmp_path, text))
    assert fault.startswith(f"1:{field}: ")


def test_a_candidate_written_twice_is_a_fault(tmp_path: Path) -> None:
    text = json.dumps(CASE).replace('"C": 298', '"A": 298')
    assert refused(written(tmp_path, text)) == ["1:votes.A: 重复出现 / written more than once"]
    wrapped = f'{{"name": "x", "case": {text}}}'
    assert refused(written(tmp_path, wrapped)) == ["1:votes.A: 重复出现 / written more than once"]


def test_a_key_written_twice_anywhere_is_a_fault_beside_the_others(tmp_path: Path) -> None:
    text = json.dumps(CASE).replace('"void": 20', '"void": 20, "void": -1')
    said = [line.split(": ")[0] for line in refused(written(tmp_path, text))]
    assert said == ["1:void", "1:void"]
    text = json.dumps({**CASE, "parameters": {"x": [{"a": 1}]}}).replace('"a": 1', '"a": 1, "a": 2')
    said = [line.split(": ")[0] for line in refused(written(tmp_path, text))]
    assert said == ["1:parameters.x[0].a", "1:parameters.x"]


def test_a_key_of_the_case_beside_the_case_is_not_ignored(tmp_path: Path) -> None:
    text = jsonl({"case": CASE, "parameters": {"majority_basis": "RETURNED"}})
    assert refused(written(tmp_path, text)) == [
        '1:parameters: 应写在“case”里面 / belongs inside "case"'
    ]


@pytest.mark.parametrize("text", ["[]", "3", '"A"', "null", '{"case": 3}', '{"case": []}'])
def test_what_is_no_object_is_no_case(tmp_path: Path, text: str) -> None:
    assert refused(written(tmp_path, text)) == [
        "1:case: 应为一个案例，即 {…} 对象 / must be one case, an object {...}"
    ]


def test_broken_json_is_named_by_line_and_column(tmp_path: Path) -> None:
    text = jsonl(CASE) + '{"kind": deputies}\n' + jsonl(RECALL)
    assert refused(written(tmp_path, text)) == [
        "2: 第10列处不是可读的 JSON / not readable JSON at column 10"
    ]
    path = written(tmp_path, '\n{\n "kind": deputies\n}', "one.json")
    assert refused(path) == ["3: 第10列处不是可读的 JSON / not readable JSON at column 10"]


def test_two_cases_in_a_json_file_are_not_one(tmp_path: Path) -> None:
    path = written(tmp_path, jsonl(CASE, CASE), "two.json")
    assert refused(path) == ["2: 第1列处不是可读的 JSON / not readable JSON at column 1"]


@pytest.mark.parametrize("value", ["1" * 5000, "[" * 100_000])
@pytest.mark.parametrize("name", ["cases.jsonl", "case.json"])
def test_monstrous_input_is_refused_and_not_a_crash(tmp_path: Path, value: str, name: str) -> None:
    text = json.dumps(CASE).replace("612", value)
    assert refused(written(tmp_path, text, name)) == [
        "1: 有过长的数字或过深的嵌套 / a number is too long or the nesting too deep"
    ]


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
@pytest.mark.parametrize("name", ["cases.jsonl", "case.json"])
def test_a_file_without_a_case_is_unusable(tmp_path: Path, text: str, name: str) -> None:
    path = written(tmp_path, text, name)
    assert refused(path) == [" 文件里没有案例 / the file holds no case"]


def test_a_file_that_is_not_there_is_unusable(tmp_path: Path) -> None:
    (fault,) = refused(tmp_path / "none.jsonl")
    assert (
        fault
        == " 打不开文件（No such file or directory） / cannot open (No such file or directory)"
    )


# -- the readable account -------------------------------------------------------------------------


def account(folder: Path, case: object) -> list[str]:
    result = run(written(folder, jsonl(case)))
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout.splitlines()


def test_the_account_says_who_what_next_and_why(tmp_path: Path) -> None:
    lines = account(tmp_path, {"name": "EX-29", "case": CASE})
    assert lines[:9] == [
        "第1行 Line 1  EX-29",
        "  当选所需最少票数 Votes needed: 307",
        "  当选 Elected: A",
        "  尚缺 Missing: 1",
        "  下一步 Next: 另行选举 / further election（名额 places: 1）",
        "  候选人顺序 Order: B、C",
        "  候选人数 Candidates: 2-2",
        "  注意 BASIS_SENSITIVE: 换一种过半数基数则结果不同"
        " / another majority basis, another result",
        "  注意 LAW_SILENT: 法律未作规定，须有书面决定 / the law is silent, a decision is needed",
    ]
    assert lines[9:12] == [
        "  依据 Why:",
        "  1. [R8.2; EL 45(1); ZJ 48(1)] 登记选民1000名，参加投票612名（发出选票数），"
        "须有过半数即至少501名参加，已达到。",
        "     1000 voters registered, 612 took part (ballots issued); needed: more than half,"
        " at least 501. Reached.",
    ]


def test_the_account_of_a_void_election_says_every_reason(tmp_path: Path) -> None:
    lines = account(tmp_path, {**CASE, "registered": 2000, "returned": 613})
    assert lines[:3] == [
        "第1行 Line 1",
        "  选举无效 Election void: 参加投票的选民未过半数、收回的选票多于发出的"
        " / turnout, more ballots than issued",
        "  下一步 Next: 重新选举 / the election is held again（名额 places: 2）",
    ]


def test_the_account_of_a_tie(tmp_path: Path) -> None:
    lines = account(tmp_path, {**CASE, "votes": {"A": 400, "B": 310, "C": 310}})
    assert lines[2:5] == [
        "  当选 Elected: A",
        "  得票相等 Tied: B、C（余 left: 1）",
        "  下一步 Next: 再次投票 / repeat vote among the tied（名额 places: 1）",
    ]


def test_the_account_of_candidates_cut_by_a_tie(tmp_path: Path) -> None:
    lines = account(tmp_path, {**CASE, "votes": {"A": 400, "B": 100, "C": 90, "D": 90}})
    assert lines[5:7] == [
        "  候选人顺序 Order: B、C、D",
        "  候选人数 Candidates: 2-2；得票相等，无法截取 cut by a tie",
    ]


@pytest.mark.parametrize(("votes", "said"), [(601, "通过 passed"), (600, "未通过 failed")])
def test_the_account_of_a_recall(tmp_path: Path, votes: int, said: str) -> None:
    lines = account(tmp_path, {**RECALL, "votes": {"for": votes}})
    assert lines[1:4] == [
        "  罢免通过所需最少票数 Votes needed: 601",
        f"  罢免 Recall: {said}",
        "  下一步 Next: 无 / nothing",
    ]


PROJECTS = {
    "kind": "projects",
    "round": "first",
    "seats": 2,
    "all_deputies": 73,
    "present": 60,
    "issued": 60,
    "returned": 60,
    "void": 0,
    "votes": {"P1": 50, "P2": 40},
}


def test_the_account_of_projects_speaks_of_projects(tmp_path: Path) -> None:
    assert account(tmp_path, PROJECTS)[1:4] == [
        "  入选所需最少票数 Votes needed: 37",
        "  入选项目 Chosen: P1、P2",
        "  下一步 Next: 无 / nothing",
    ]


def test_the_account_of_a_void_vote_on_projects_is_no_election(tmp_path: Path) -> None:
    few = {"present": 48, "issued": 48, "returned": 48, "votes": {}}
    assert account(tmp_path, {**PROJECTS, **few})[1:3] == [
        "  票决无效 Vote void: 出席代表不足法定人数 / no quorum",
        "  下一步 Next: 重新票决 / the vote is held again（名额 places: 2）",
    ]


def test_nobody_elected_is_said_in_words(tmp_path: Path) -> None:
    assert account(tmp_path, {**CASE, "votes": {}})[2] == "  当选 Elected: 无 none"


def test_every_word_of_an_outcome_has_both_languages() -> None:
    assert set(NEXT_WORDS) == {None, *Consequence}
    assert (set(REASON_WORDS), set(FLAG_WORDS)) == (set(Reason), set(Flag))
