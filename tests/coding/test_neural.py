"""The neural coder beside the linear one, with a stub for the network; the real one is no part of the suite."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import realpolitik as rp
from realpolitik.coding import corpus
from realpolitik.coding.model import Floats, Judgement
from realpolitik.coding.neural import base, inputs, training, weights
from realpolitik.coding.neural.inputs import Pieces
from realpolitik.coding.neural.wordpiece import MASK, UNKNOWN, pieces, vocabulary
from realpolitik.errors import CorruptFile, MissingExtra, OutputError, UsageError

pytest.importorskip("spacy")
WORDS = "\n".join([
    "[PAD]", UNKNOWN, "[CLS]", "[SEP]", MASK, "con", "##dem", "##ned", "the", "strike", "by", ".",
    "cafe", "-",
])  # fmt: skip
KNOWN = vocabulary(WORDS)
ROOTS = tuple(sorted([*corpus.QUADS, corpus.NO_ACT]))
LINE = "[Iran] condemned the strike by {Israel}."


class Stub:
    """A network that is sure of one root whatever it is asked, and remembers what that was."""

    def __init__(self, root: str, strength: float = 20.0) -> None:
        self.root, self.strength, self.asked = root, strength, list[Pieces]()

    def scores(self, asked: Pieces) -> Floats:
        self.asked.append(asked)
        row = np.zeros(len(ROOTS) + 4)
        row[ROOTS.index(self.root)] = self.strength
        if self.root in corpus.QUADS:
            row[len(ROOTS) + corpus.QUADS[self.root] - 1] = self.strength
        return row


def about(**more: object) -> dict[str, object]:
    score = {"statistic": "quad macro F1", "coder": "mean", "value": 94.0, "sd": 1.0}
    return {
        "roots": list(ROOTS), "temperature": 1.0, "mean_temperature": 0.8, "date": "2026-11-25",
        "linear": "none", "cross_validation": [score], **more,
    }  # fmt: skip


def neural(root: str, **more: float) -> tuple[weights.Neural, Stub]:
    stub = Stub(root)
    known = weights.named(b"graph", WORDS.encode(), about())
    temperature = more.get("mean_temperature", 1.0)
    return weights.Neural(stub, KNOWN, ROOTS, 1.0, temperature, known), stub


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Lets a test put weights of its own in the place of the user's."""
    weights.active.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    weights.active.cache_clear()


def coded(line: str) -> dict[str, object]:
    text, spans = corpus.unbracketed(line)
    return rp.code(text, source=spans["s"][0], target=spans["t"][0])


def test_words_become_the_longest_known_pieces() -> None:
    names = {number: piece for piece, number in KNOWN.items()}
    cut = [names[one] for one in pieces("Condemned", KNOWN)]
    assert cut == ["con", "##dem", "##ned"]
    assert [names[one] for one in pieces("café-strike", KNOWN)] == ["cafe", "-", "strike"]
    assert [names[one] for one in pieces("condemns", KNOWN)] == [UNKNOWN]
    assert pieces("\u200b", KNOWN) == []


def test_the_network_sees_roles_and_no_names(use: pytest.MonkeyPatch) -> None:
    second, stub = neural("ACCUSE")
    use.setattr("realpolitik.coding.relation.active", lambda: second)
    coded(LINE)
    coded("[Brazil] condemned the strike by {Chad}.")
    one, other = stub.asked
    assert one == other
    names = {number: piece for piece, number in KNOWN.items()}
    assert " ".join(names[number] for number in one.ids) == (
        "[CLS] [MASK] con ##dem ##ned the strike by [MASK] . [SEP]"
    )
    assert one.roles == [0, 1, 0, 0, 0, 0, 0, 0, 2, 0, 0]


def test_of_a_long_sentence_the_pieces_nearest_to_the_pair_are_kept() -> None:
    roles = [0] * 300
    roles[100], roles[250] = 1, 2
    kept = inputs._nearest(roles)
    assert len(kept) == inputs.MOST and kept == sorted(kept)
    assert kept[0] == 76 and kept[-1] == 273 and 175 not in kept


def test_the_mean_lies_between_the_two_and_is_named(use: pytest.MonkeyPatch) -> None:
    alone = coded(LINE)
    second, _ = neural("ASSAULT")
    use.setattr("realpolitik.coding.relation.active", lambda: second)
    both = coded(LINE)
    assert alone["root"] == "ACCUSE" and "neural" not in str(alone["reason"])
    assert second.name in str(both["reason"])
    assert list(both) == list(alone)
    sure = (1 - float(str(alone["confidence"]))) / 2 + 0.5
    assert both["root"] == "ASSAULT"
    assert float(str(both["confidence"])) == pytest.approx(sure, abs=0.02)


def test_where_both_agree_the_reason_is_the_linear_coders(use: pytest.MonkeyPatch) -> None:
    second, _ = neural("ACCUSE")
    use.setattr("realpolitik.coding.relation.active", lambda: second)
    reason = str(coded(LINE)["reason"])
    assert "what spoke most for ACCUSE" in reason and reason.endswith(f"mean with {second.name}.")


def test_the_mean_is_a_probability_and_its_temperature_sharpens_it() -> None:
    roots = {root: float(root == "AID") * 0.4 + 0.04 for root in corpus.QUADS}
    quads = {1: 0.2, 2: 0.5, 3: 0.2, 4: 0.1}
    linear = Judgement(roots, quads, 0.1, ("verb",))
    other = Judgement(roots, {1: 0.1, 2: 0.7, 3: 0.1, 4: 0.1}, 0.3, ())
    plain, sharp = weights.mean(linear, other, 1.0), weights.mean(linear, other, 0.5)
    assert plain.quads == pytest.approx({1: 0.15, 2: 0.6, 3: 0.15, 4: 0.1})
    assert plain.no_act == pytest.approx(0.2) and plain.because == ("verb",)
    assert sharp.quads[2] > plain.quads[2]
    for found in (plain, sharp):
        assert sum(found.quads.values()) == pytest.approx(1)
        assert sum(found.roots.values()) == pytest.approx(1)


def test_a_network_that_sees_no_act_takes_the_code_away(use: pytest.MonkeyPatch) -> None:
    second, _ = neural(corpus.NO_ACT)
    use.setattr("realpolitik.coding.relation.active", lambda: second)
    assert coded(LINE)["root"] is None


def written(folder: Path, content: bytes | None = None, **more: object) -> Path:
    words = WORDS.encode()
    known = {**weights.named(b"graph", words, about()), **more}
    path = folder / weights.NAME
    path.write_bytes(weights.packed(b"graph", words, known) if content is None else content)
    return path


def test_without_weights_or_switched_off_there_is_none(
    use: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use.setattr(weights, "folder", lambda: tmp_path)
    use.delenv(weights.VARIABLE)
    assert weights.active() is None
    written(tmp_path, b"damaged")
    weights.active.cache_clear()
    with pytest.raises(CorruptFile):
        weights.active()
    use.setenv(weights.VARIABLE, weights.OFF)
    assert weights.active() is None


def test_a_named_folder_without_weights_is_one_line(
    use: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use.setenv(weights.VARIABLE, str(tmp_path))
    with pytest.raises(UsageError, match=r"holds no neural\.zip"):
        weights.active()


@pytest.mark.parametrize(
    ("more", "said"),
    [({"format": 2}, "format 2, expected format 1"), ({"digest": "0" * 64}, "damaged")],
)
def test_another_format_or_digest_is_one_line(
    tmp_path: Path, more: dict[str, object], said: str
) -> None:
    path = written(tmp_path, **more)
    with pytest.raises(CorruptFile, match=said) as caught:
        weights.opened(path)
    assert "\n" not in str(caught.value) and "train" in str(caught.value)


def test_a_file_cut_short_is_one_line_wherever_it_is_cut(tmp_path: Path) -> None:
    whole = written(tmp_path).read_bytes()
    for length in range(0, len(whole), 97):
        with pytest.raises(CorruptFile, match="damaged"):
            weights.opened(written(tmp_path, whole[:length]))


def test_a_flipped_bit_of_the_graph_is_found(tmp_path: Path) -> None:
    whole = written(tmp_path).read_bytes()
    with pytest.raises(CorruptFile, match="damaged"):
        weights.opened(written(tmp_path, whole.replace(b"graph", b"grapi")))


def test_weights_without_the_library_name_the_extra(
    use: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use.setattr(weights, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"realpolitik\[neural\]"):
        weights.opened(written(tmp_path))


def test_damaged_weights_end_a_command_with_one_line_and_doctor_tells(tmp_path: Path) -> None:
    written(tmp_path, b"damaged")
    program = [sys.executable, "-m", "realpolitik"]
    env = {"PATH": "", weights.VARIABLE: str(tmp_path)}
    done = subprocess.run([*program, "code", LINE], env=env, capture_output=True, text=True)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.count("\n") == 1 and "a damaged file" in done.stderr
    told = subprocess.run([*program, "doctor", "--json"], env=env, capture_output=True, text=True)
    (row,) = [one for one in json.loads(told.stdout)["checks"] if one["check"] == "neural coder"]
    assert row["ok"] is False and "--neural" in row["todo"]


def test_the_coder_of_a_reading_is_named(use: pytest.MonkeyPatch) -> None:
    from realpolitik.coding.model import version

    second, _ = neural("ACCUSE")
    use.setattr(weights, "active", lambda: second)
    assert f"and {second.name}" in version()
    assert "94.0" in second.told() and "other linear weights" in second.told()


def test_nothing_heavy_is_loaded_without_weights() -> None:
    program = (
        "import sys, realpolitik as rp; rp.code('Iran condemned Israel.', source=(0, 4), target=(15, 21));"
        "print(*{'onnxruntime', 'torch', 'onnx'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.strip() == ""


def tuned(*asked: object) -> training.Tuned:
    score = training.Score("quad macro F1", "mean", 94.0, 1.2)
    known = about(sentences=10, seed=3, base="a model", same_root_in_eight_bits=0.99)
    known["cross_validation"] = [score._asdict()]
    return training.Tuned(b"graph", WORDS.encode(), known, [score])


def test_training_writes_weights_and_card_into_a_new_folder(
    use: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use.setattr(base, "needed", lambda: None)
    use.setattr(training, "train", tuned)
    found = rp.train(neural=True, into=tmp_path / "new", seed=3)
    assert found.rows == [{"statistic": "quad macro F1", "coder": "mean", "value": 94.0, "sd": 1.2}]
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["neural.md", weights.NAME]
    known = weights.about(tmp_path / "new" / weights.NAME)
    card = (tmp_path / "new" / "neural.md").read_text("utf-8")
    assert known["digest"] in card and known["linear"] in card and "| mean | quad" in card
    assert f"{known['own_sentences']} sentences written for this project" in card


def test_a_folder_that_cannot_be_made_is_told_before_the_work(
    use: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use.setattr(base, "needed", lambda: None)
    use.setattr(training, "train", lambda *asked: pytest.fail("trained"))
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OutputError, match="Cannot write the weights"):
        rp.train(neural=True, into=tmp_path / "file" / "under")


def test_training_without_its_libraries_names_the_extra(tmp_path: Path) -> None:
    if weights.find_spec("torch"):
        pytest.skip("torch is installed here")
    with pytest.raises(MissingExtra, match="neural-train"):
        rp.train(neural=True, into=tmp_path)
    assert not list(tmp_path.iterdir())
