package extract

import (
	"strings"
	"testing"
)

// TestCaptions: cues become what one speaker says, or paragraphs.
func TestCaptions(t *testing.T) {
	cue := func(from, to, text string) string {
		return "00:" + from + ".000 --> 00:" + to + ".000\n" + text + "\n\n"
	}
	for _, c := range []struct{ name, file, want string }{
		{"one sentence in two cues", "WEBVTT\n\n" + cue("01", "03", "The ferry to Inishmore") + cue("03", "05", "leaves at six."), "P The ferry to Inishmore leaves at six."},
		{"a silence", "WEBVTT\n\n" + cue("01", "03", "The ferry leaves at six.") + cue("09", "11", "It is full."), "P The ferry leaves at six.\nP It is full."},
		{"a silence in a sentence", "WEBVTT\n\n" + cue("01", "03", "The ferry leaves") + cue("09", "11", "at six."), "P The ferry leaves at six."},
		{"voices", "WEBVTT\n\n" + cue("01", "03", "<v Siobhán Ní Dhúill>When does it leave?") + cue("03", "05", "<v.loud Pádraig>At six.</v>") + cue("05", "06", "<v Pádraig>Or later."), "T Siobhán Ní Dhúill: When does it leave?\nT Pádraig: At six. Or later."},
		{"a voice in entities", "WEBVTT\n\n" + cue("01", "03", "<v Ann &amp; Bo>We row &lt;slowly&gt;."), "T Ann & Bo: We row <slowly>."},
		{"a cue without a voice", "WEBVTT\n\n" + cue("01", "03", "<v Pádraig>At six.") + cue("03", "05", "The door shuts."), "T Pádraig: At six.\nP The door shuts."},
		{"names in capitals", "WEBVTT\n\n" + cue("01", "03", "PÁDRAIG O'SHEA: At six.") + cue("03", "05", "or later.") + cue("05", "07", ">> J.P. KEANE: Never."), "T Pádraig O'Shea: At six. or later.\nT J.P. Keane: Never."},
		{"names before a colon", "WEBVTT\n\n" + cue("01", "03", "Pádraig: At six.") + cue("03", "05", "Siobhán: So late?"), "T Pádraig: At six.\nT Siobhán: So late?"},
		{"pronouns and employers behind names", "WEBVTT\n\n" + cue("01", "03", "Pádraig Keane (he/him): At six.") + cue("03", "05", "Siobhán (Inishmore Ferries): So late?"), "T Pádraig Keane (he/him): At six.\nT Siobhán (Inishmore Ferries): So late?"},
		{"accounts that come again", "WEBVTT\n\n" + cue("01", "03", "Siobhán: So late?") + cue("03", "05", "p.keane: At six.") + cue("05", "07", "And not") + cue("07", "08", "before.") + cue("09", "11", "p.keane: Never."), "T Siobhán: So late?\nT p.keane: At six. And not before. Never."},
		{"a name in every cue", "WEBVTT\n\n" + cue("01", "03", "Siobhán | Ferries: So late?") + cue("03", "05", "Room 4B - Guest: At six.") + cue("05", "07", "Pádraig's iPhone: It was seven: once.") + cue("07", "09", "Siobhán | Ferries: Never."), "T Siobhán | Ferries: So late?\nT Room 4B - Guest: At six.\nT Pádraig's iPhone: It was seven: once.\nT Siobhán | Ferries: Never."},
		{"a colon in what is said", "WEBVTT\n\n" + cue("01", "03", "We ask this: when") + cue("03", "05", "does it leave, and") + cue("05", "07", "the answer is: at six."), "P We ask this: when does it leave, and the answer is: at six."},
		{"marks of another speaker", "WEBVTT\n\n" + cue("01", "03", ">> When does it leave?") + cue("03", "05", "&gt;&gt; At six."), "P When does it leave?\nP At six."},
		{"dashes of two speakers", "WEBVTT\n\n" + cue("01", "03", "- When does it leave?\n- At six."), "P When does it leave?\nP At six."},
		{"a dash in a word", "WEBVTT\n\n" + cue("01", "03", "It goes\n-mostly- at six."), "P It goes -mostly- at six."},
		{"a minus", "WEBVTT\n\n" + cue("01", "03", "It was\n-4 degrees at six."), "P It was -4 degrees at six."},
		{"sounds and songs", "WEBVTT\n\n" + cue("01", "03", "[horn]") + cue("03", "05", "♪ Row, row ♪\nIt leaves.") + cue("05", "07", "(laughter)"), "P It leaves."},
		{"a sound in a line", "WEBVTT\n\n" + cue("01", "03", "It leaves (we hope) at six."), "P It leaves (we hope) at six."},
		{"a line that is a remark in brackets and goes on", "WEBVTT\n\n" + cue("01", "03", "(as we hope) at six."), "P (as we hope) at six."},
		{"tags", "WEBVTT\n\n" + cue("01", "03", "<i>The</i> <c.red>ferry</c> <00:00:02.000>leaves{\\an8} at <b>six</b>."), "P The ferry leaves at six."},
		{"what is smaller", "WEBVTT\n\n" + cue("01", "03", "Here 3 < 4 and 5 > 4."), "P Here 3 < 4 and 5 > 4."},
		{"lines that roll up", "WEBVTT\n\n" + cue("01", "03", "The ferry") + cue("03", "05", "The ferry\nleaves at") + cue("05", "07", "leaves at\nsix."), "P The ferry leaves at six."},
		{"a line that is said twice", "WEBVTT\n\n" + cue("01", "03", "Well.\nNo.") + cue("03", "05", "Yes.\nNo."), "P Well. No. Yes. No."},
		{"notes, styles, regions, names of cues", "WEBVTT - Ferry\nKind: captions\nLanguage: en-IE\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nNOTE nobody reads\nthis\n\nintro\n" + cue("01", "03", "It leaves."), "P It leaves."},
		{"settings of a cue", "WEBVTT\n\n00:01.000 --> 00:03.000 align:start position:10%\nIt leaves.\n", "P It leaves."},
		{"SubRip", "1\n00:00:01,000 --> 00:00:03,000\nThe ferry\n\n2\n00:00:03,000 --> 00:00:05,000\n<font color=\"red\">leaves.</font>\n", "P The ferry leaves."},
		{"SubRip of Windows", "1\r\n00:00:01,000 --> 00:00:03,000\r\nThe ferry\r\n\r\n2\r\n00:00:03,000 --> 00:00:05,000\r\nleaves.\r\n", "P The ferry leaves."},
		{"SubRip without blank lines", "1\n00:00:01,000 --> 00:00:03,000\nThe ferry\n2\n00:00:03,000 --> 00:00:05,000\nleaves.\n", "P The ferry leaves."},
		{"a cue that is a number", "1\n00:00:01,000 --> 00:00:03,000\n1904\n\n2\n00:00:03,000 --> 00:00:05,000\nwas the year.\n", "P 1904 was the year."},
		{"a long recording", "WEBVTT\n\n100:00:01.000 --> 100:00:03.000\nIt leaves.\n\n100:00:08.000 --> 100:00:09.000\nIt is full.\n", "P It leaves.\nP It is full."},
	} {
		name := "ferry.vtt"
		if !strings.HasPrefix(c.file, "WEBVTT") {
			name = "ferry.srt"
		}
		if got := lines(mustRead(t, Input{Name: name, Data: []byte(c.file)})); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
	doc := mustRead(t, Input{Data: []byte("WEBVTT - The ferry\nLanguage: en-IE\n\n00:01.000 --> 00:03.000\n" + strings.Repeat("It leaves at six on all days. ", 30) + "\n\n00:03.000 --> 00:04.000\nIt is full.\n")})
	if doc.Title != "The ferry" || doc.Language != "en-IE" || len(doc.Blocks) != 2 || doc.Extension != ".vtt" {
		t.Errorf("%q in %q, %d blocks, %s", doc.Title, doc.Language, len(doc.Blocks), doc.Extension)
	}
}
