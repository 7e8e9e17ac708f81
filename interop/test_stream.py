"""Archives that `firn stream` keeps current by itself, while forecasts arrive as recordings say: in a real S3 server,
announced in a real SQS queue."""

import pytest

import replay


def sent(recording):
    """The notifications of the model's files, in the order in which they were sent."""
    messages = [action for action in recording["actions"] if action.get("send") in ("raw", "envelope")]
    return [record for message in messages for record in message["records"] if "part" in record], messages


def test_the_recordings_have_what_they_are_for():
    for name, least_leads in (("small", 6), ("full", 40)):
        recording = replay.recording(name)
        assert len(recording["leads"]) >= least_leads
        records, messages = sent(recording)
        puts = [action for action in recording["actions"] if "put" in action]
        which = [(record["part"], record["forecast"], record["lead"], record["version"]) for record in records]
        put = [(action["put"], action["forecast"], action["lead"], action["version"]) for action in puts]
        lost = [(each["part"], each["forecast"], each["lead"], 1) for each in recording["lost"]]
        assert set(which) | set(lost) == set(put) and not set(which) & set(lost)
        assert len(lost) >= len(put) / 20, "5 % are lost"
        assert {part for part, *_ in lost} == {"data", "index"} and len({each[1:] for each in lost}) < len(lost)
        assert len(which) > len(set(which)), "some come twice"
        first = list(dict.fromkeys(which))
        assert first != [each for each in put if each in first], "they come in another order"
        assert any(len(message["records"]) > 1 for message in messages)
        assert {message["send"] for message in messages} == {"raw", "envelope"}
        assert {record["event"] for record in records} == {f"2.{minor}" for minor in range(1, 7)}
        assert ("data", 1, recording["never"], 1) not in put and (1, recording["replaced"], 2) in {each[1:] for each in put}
        assert which[-1][1:3] == (0, recording["late"]), "days late"
        stale = ("data", 1, recording["replaced"])
        assert [each for each in which if each[:3] == stale][-1] == (*stale, 1), "said of what is replaced"
        at = {each: action["at"] for each, action in zip(put, puts)}
        index_after = {each[1:]: at["index", *each[1:]] - at[each] for each in put if each[0] == "data"}
        assert index_after[1, recording["late_index"], 1] > 100 and min(index_after.values()) < 0
        assert sum(action.get("send") == "text" for action in recording["actions"]) == 5
