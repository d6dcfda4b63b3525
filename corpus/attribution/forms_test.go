package attribution

import (
	"fmt"
	"strings"
	"testing"

	"verbatim/corpus/words"
)

// read returns the speeches of a text, one a line: kind, form, speaker, words.
func read(text string) string {
	var out []string
	for _, s := range Read(text, paragraphsOf(text), "").Speeches {
		spoken := text[s.Words.Start:s.Words.End]
		if s.Form == Report {
			spoken = text[s.Start:s.End]
		}
		unsure := ""
		if s.Unsure {
			unsure = "?"
		}
		out = append(out, fmt.Sprintf("%s %s%s: %s", []string{"quote", "part", "report", "turn", "own"}[s.Form], s.Speaker, unsure, spoken))
	}
	return strings.Join(out, "\n")
}

func check(t *testing.T, text string, want ...string) {
	t.Helper()
	if got := read(text); got != strings.Join(want, "\n") {
		t.Errorf("read\n%s\ngot\n%s\nwant\n%s", text, got, strings.Join(want, "\n"))
	}
}

// TestClauses: what follows a verb of saying is a report where a clause follows.
func TestClauses(t *testing.T) {
	for _, c := range []struct {
		text   string
		report bool
	}{
		{"Ines Roth said more rain was on the way.", true},
		{"Ines Roth says no ferry will sail before noon.", true},
		{"Ines Roth said in a letter it was watching the pier.", true},
		{"Ines Roth told The Daily Pier she ran home.", true},
		{"Ines Roth, who speaks for the pilots, asked whether the pier was safe.", true},
		{"The pier, it added, was old.", false}, // "it" is nobody
		{"However, Ines Roth said, the pier was old.", true},
		{"Ines Roth told him it was old.", true},
		{"Ines Roth said during that time, it was not open.", true},
		{"Ines Roth asked whether “pier” was a word.", false}, // but a part
		{"After Ines Roth began asking questions, the pier was closed as it was old.", false},
		{"The soothsayer says she has seen the pier fall.", true},
		{"Piers fell all week, the pier agency, PAU, said on Monday.", true},
		{"Ines Roth posted a paper proving that piers are safe.", false},
		{"Ines Roth said no more.", false},
		{"Ines Roth said more than that.", false},
		{"Ines Roth called her bank.", false},
		{"Ines Roth called her a liar.", true},
		{"Ines Roth said nothing.", false},
		{"Tom Beck sees what Ines Roth is saying and if there are any questions.", false},
		{"Ines Roth said the day before it rained that the pier was old.", true},
		{"Ines Roth said goodbye.", false},
		{"Ines Roth said so.", false},
		{"Ines Roth said this on Monday.", false},
		{"Ines Roth said in May.", false},
		{"Ines Roth said in May that the pier was old.", true},
		{"Ines Roth, however, said the pier was old.", true},
		{"Ines Roth then said the pier was old.", true},
		{"Ines Roth said there was no pier.", true},
		{"Ines Roth said less snow was on the way.", true},
		{"Ines Roth asked if the pier was old.", true},
		{"Ines Roth asked for a pier.", true},
		{"Ines Roth told the pilots of the harbour that the pier was old.", true},
		{"Ines Roth told them everything.", false},
		{"Ines Roth explained how piers are built.", true},
		{"Ines Roth explained the pier.", false},
		{"Ines Roth argued with her pilot.", false},
		{"Ines Roth argued for a pier.", true},
		{"Ines Roth warned that the pier was old.", true},
		{"Ines Roth wants to say that the pier is old.", false},
		{"Ines Roth may say that the pier is old.", false},
		{"Ines Roth refuses to say that the pier is old.", true},
		{"Ines Roth posted a letter that was old.", false},
		{"Ines Roth noted the time.", true},
	} {
		if got := strings.HasPrefix(read(c.text), "report"); got != c.report {
			t.Errorf("%s: read as %q", c.text, read(c.text))
		}
	}
}

// TestBlockquotes: whose words a block is that is marked as quoted, and what a line below a
// quotation tells.
func TestBlockquotes(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"by a name before a colon", "On piers\nThey read this, by Ines Roth:\n> Every pier is a promise.\n> It is a long one.\nThey laughed.", []string{
			"turn Ines Roth: Every pier is a promise.", "turn Ines Roth: It is a long one."}},
		{"a line that names one person", "On piers\nHere is what the old builder, Tom Beck, had to say to them:\n> Piers are for fools.", []string{"turn Tom Beck: Piers are for fools."}},
		{"a line below", "On piers\nThey like a saying.\n> Every pier is a promise.\n> — Ines Roth, builder\nThey laughed.", []string{"turn Ines Roth: Every pier is a promise."}},
		{"nobody", "On piers\nThey like a saying.\n> Every pier is a promise.\nThey laughed.", []string{"turn somebody the article does not name?: Every pier is a promise."}},
		{"a quotation with its own credit", "On piers\nThey like a saying.\n> “Every pier is a promise,” said Ines Roth.", []string{"quote Ines Roth: Every pier is a promise,"}},
		{"a line below a quotation", "On piers\nThey like a saying.\n“Every pier is a promise.”\n― Ines Roth, builder\nThey laughed.", []string{"quote Ines Roth: Every pier is a promise."}},
		{"a block with a note", "On piers\nThe builder Ines Roth writes:\nWe think that piers are ends in themselves. (Roth 1994, 6)\nThey laughed.", []string{"turn Ines Roth: We think that piers are ends in themselves. (Roth 1994, 6)"}},
		{"one of many", "On piers\nMany wrote. One wrote:\nEvery pier is a promise.\nThey laughed.", []string{"turn one: Every pier is a promise."}},
		{"a text that is all quoted", "> On piers\n> They like a saying.\n> Every pier is a promise.", nil},
		{"a quotation over lines of a block", "On piers\nInes Roth writes:\n> Every pier is a promise.\n>\n> It is a long one.\nThey laughed.", []string{
			"turn Ines Roth: Every pier is a promise.", "turn Ines Roth: It is a long one."}},
		{"two blocks of two people", "On piers\nInes Roth wrote:\n> Every pier is a promise.\nTom Beck replied:\n> Promises rot.", []string{
			"turn Ines Roth: Every pier is a promise.", "turn Tom Beck: Promises rot."}},
		{"a block of a body", "On piers\nThe Harbour Board’s statement reads:\n> The pier is closed.\nThey laughed.", []string{"turn Harbour Board: The pier is closed."}},
		{"a line below with a tilde", "On piers\n> Every pier is a promise.\n~ Ines Roth\nThey laughed.", []string{"turn Ines Roth: Every pier is a promise."}},
		{"a line below that is no name", "On piers\n> Every pier is a promise.\n— and it was a lie\nThey laughed.", []string{"turn somebody the article does not name?: Every pier is a promise."}},
		{"a line below in the block", "On piers\n> Every pier is a promise.\n> – Ines Roth, *On Water*\nThey laughed.", []string{"turn Ines Roth: Every pier is a promise."}},
		{"a pull quote between paragraphs", "The pier\n“Every pier is a promise.”\nInes Roth builds piers.\n“Every pier is a promise,” she says.", []string{
			"quote Ines Roth: Every pier is a promise.", "quote Ines Roth: Every pier is a promise,"}},
		{"announced, and the paragraph after is the article’s", "On piers\nThe builder Ines Roth said:\nWe think that piers are ends in themselves.\nThe pier was closed in May.", []string{
			"turn Ines Roth: We think that piers are ends in themselves."}},
		{"a list that a colon announces", "On piers\nInes Roth bought three things:\nA saw.\nA plank.\nA nail.", nil},
		{"a headed list is nobody’s words", "On piers\nWhat you need:\nA saw.\nA plank.", nil},
		{"he writes, before a block", "On piers\nInes Roth built it. Tom Beck hated it. In a letter he writes:\n> It is a plank on legs.", []string{"turn Tom Beck: It is a plank on legs."}},
		{"they, before a block", "On piers\nInes Roth met Ada Lund. She wrote:\n> It is a plank on legs.", []string{"turn she?: It is a plank on legs."}},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.text, c.want...) })
	}
}

// TestNobodyAndEpithets: who is left open, and who is meant by a people or an age.
func TestNobodyAndEpithets(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"A pilot who asked Ines Roth for the pier was told: “Not for you, my friend.”", "quote somebody the article does not name?: Not for you, my friend."},
		{"Tom Beck saw it differently. “She pushed me off the pier,” the Italian said.", "quote Tom Beck: She pushed me off the pier,"},
		{"Tom Beck was wet. “She pushed me off the pier,” said the 22-year-old.", "quote Tom Beck: She pushed me off the pier,"},
		{"Tom Beck met Ines Roth. “I fell off the pier,” the Italian said.", "quote the Italian: I fell off the pier,"},
		{"“She pushed me off the pier,” said a 22-year-old.", "quote a 22-year-old: She pushed me off the pier,"},
		{"“I fell off the pier,” said Ines Roth. “I did, too,” added another.", "quote Ines Roth: I fell off the pier,\nquote another: I did, too,"},
		{"From our reporter Ines Roth on the pier: “The wind is up and the lamps are out.”", "quote Ines Roth: The wind is up and the lamps are out."},
		{"Ines Roth spoke of her novel, “Salt and Oak.”", ""},
		{"Ines Roth spoke for the group “Piers Now!” and left.", ""},
		{"The records say he “never paid for the pier”. Tom Beck left.", "part the records: never paid for the pier"},
		{"Mother-of-two Ines Roth, 43, sat down. She said: “I fell off the pier.”", "quote Ines Roth: I fell off the pier."},
		{"Ines Roth sat down. Brave Ines laughed. “I fell off the pier,” Ines said.", "quote Ines Roth: I fell off the pier,"},
		{"Ines Reilly also said it was old. Then Reilly saw the pier. “I fell off it,” she said.", "report Ines Reilly: Ines Reilly also said it was old.\nquote Ines Reilly: I fell off it,"},
		{"Mr. Robin Roth told him it was over. “He fell off the pier,” he said.", "report Robin Roth: Mr. Robin Roth told him it was over.\nquote Robin Roth: He fell off the pier,"},
		{"“They will fall off the pier,” Tom Beck harrumphs. “They always do,” he accepts.", "quote Tom Beck: They will fall off the pier,\nquote Tom Beck: They always do,"},
		{"One pilot wrote: “No piers.” A third wrote: “I wish you well.”", "quote one pilot: No piers.\nquote a third: I wish you well."},
		{"The soothsayer announces, “I see that the pier will fall.”", "quote the soothsayer: I see that the pier will fall."},
		{"The law is about piers when it says, “Let no man build on sand.”", "quote it?: Let no man build on sand."},
		{"He had a line from Ines Roth — “Every pier is a promise” — on his wall.", "quote Ines Roth: Every pier is a promise"},
		{"They have a saying about piers: “Look at the sea, not at the oak.”", "quote a saying about piers: Look at the sea, not at the oak."},
		{"Tom Beck declared it “a wreck”.", "part Tom Beck: a wreck"},
		{"Tom Beck found that the pier had “failed to stand”.", "part Tom Beck: failed to stand"},
		{"Tom Beck sat down. If he says “No more piers,” ask him why.", ""},
		{"Tom Beck bought things such as that.", ""},
		{"Ines, you told me: “You will not get a long pier.”", "quote Ines: You will not get a long pier."},
		{"You told me: “You will not get a long pier.”", "quote you?: You will not get a long pier."},
		{"The pier has often been described as “a long and lonely walk”.", "part somebody the article does not name?: a long and lonely walk"},
		{"The pier was called “the long walk”.", ""},
		{"Piers were much loved. “No pier is an end in itself” (Roth 1994, 6). Some say so.", "quote Roth: No pier is an end in itself"},
		{"“No pier is an end in itself” (Roth and Beck, 1994).", "quote Roth and Beck: No pier is an end in itself"},
		{"Piers were loved as “ends in themselves” (see below).", ""},
		{"Adaora Nwosu (born 4 July 1958) builds piers. She has said: “I never fell off one, not once.”", "quote Adaora Nwosu: I never fell off one, not once."},
		{"Her mother “thought it was a waste of oak”.", "part her mother: thought it was a waste of oak"},
		{"'Twas a long pier, and the dockers' sons fell off 'em.", ""},
		{"“Really?” said Ines Roth with a smile. “It was old.”", "quote Ines Roth: Really?\nquote Ines Roth: It was old."},
		{"“It fell in May last year.\n“It was old,” said a woman.", "quote a woman: It fell in May last year.\nquote a woman: It was old,"},
		{"“It was a long and lonely pier.”\n— and it fell", "quote somebody the article does not name?: It was a long and lonely pier."},
		{"Ines Roth said the phrase “long pier” was old.", "report Ines Roth: Ines Roth said the phrase “long pier” was old."},
		{"Ines Roth changed the definition of “pier” in May.", ""},
		{"They wanted to “build the longest and the loneliest pier of the coast”.", "part somebody the article does not name?: build the longest and the loneliest pier of the coast"},
		{"They had a “let it be as it will be” way of building.", ""},
		{"They built “the long pier” in May.", ""},
		{"The captain saved Ada Lund. “She fell off the pier,” the captain said.", "quote the captain: She fell off the pier,"},
		{"Also there, the chair of the Leeds branch, Comrade Femi Obi, warned the council of rain. “It will fall on the pier,” he said.", "report Femi Obi: Also there, the chair of the Leeds branch, Comrade Femi Obi, warned the council of rain.\nquote Femi Obi: It will fall on the pier,"},
		{"“It was an old and ugly pier.”\n“It was an old and ugly pier,” said Ines Roth.", "quote Ines Roth: It was an old and ugly pier.\nquote Ines Roth: It was an old and ugly pier,"},
		{"“Nobody wants it any more.”\n“It is old. Nobody wants it any more. It leans,” said Ines Roth. “It stays,” Tom Beck said.", "quote Ines Roth: Nobody wants it any more.\nquote Ines Roth: It is old. Nobody wants it any more. It leans,\nquote Tom Beck: It stays,"},
		{"“Nobody wants it any more.”\n“Nobody wants it any more,” said Ines Roth. “Nobody wants it any more,” Tom Beck said.", "quote somebody the article does not name?: Nobody wants it any more.\nquote Ines Roth: Nobody wants it any more,\nquote Tom Beck: Nobody wants it any more,"},
		{"“Nobody wants it any more.”\n“Nobody wants it any more,” he said. Tom Beck left.", "quote somebody the article does not name?: Nobody wants it any more.\nquote he?: Nobody wants it any more,"},
		{"Half of the pilots said the pier was old.", "report half of the pilots: Half of the pilots said the pier was old."},
		{"19:05 “Stay away from the pier,” Ines Roth says.", "quote Ines Roth: Stay away from the pier,"},
		{"[19:05] Ines Roth: “Stay away from the pier.”", "quote Ines Roth: Stay away from the pier."},
		{"The pier (built in 1931) is “a wreck and a shame”, Ines Roth said.", "part Ines Roth: a wreck and a shame"},
		{"Ines Roth is known as “the pier woman”.", ""},
		{"The so-called “pier” was a plank.", ""},
		{"The boat “Ines Roth” sank.", ""},
		{"The word “pier” has four letters, Ines Roth said.", "report Ines Roth: The word “pier” has four letters, Ines Roth said."},
		{"Ines Roth sang “The Long Oar” on the pier.", ""},
		{"Ines Roth read “The Long Oar” to the sailors.", ""},
		{"Ines Roth was told that the pier was “a wreck”.", ""},
		{"“Was it old?” “It was very old.”", "quote somebody the article does not name?: It was very old."},
		{"“It was very old,” nobody said.", ""},
		{"“It was a very old pier,” the report says.", "quote the report: It was a very old pier,"},
		{"The sign reads: “No swimming from the pier.”", "quote the sign: No swimming from the pier."},
		{"A plaque says that the pier was “built by fools”.", "part a plaque: built by fools"},
		{"Ines Roth, speaking for Tom Beck, said: “It was old.”", "quote Ines Roth: It was old."},
		{"Tom Beck said Ines Roth had told him: “It was old.”", "quote Ines Roth: It was old."},
		{"“Tom Beck said it was safe,” Ines Roth told the court.", "quote Ines Roth: Tom Beck said it was safe,"},
		{"“I heard Tom Beck say ‘It is safe’ twice,” said Ines Roth.", "quote Ines Roth: I heard Tom Beck say ‘It is safe’ twice,"},
		{"Photo: “It was very old,” says Ines Roth.", "quote Ines Roth: It was very old,"},
	} {
		if got := read(c.text); got != c.want {
			t.Errorf("read\n%s\ngot\n%s\nwant\n%s", c.text, got, c.want)
		}
	}
}

// TestMarks: every shape of quotation mark, and what only looks like one.
func TestMarks(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"curly", "“We sold the ferry,” Ines Roth said.", []string{"quote Ines Roth: We sold the ferry,"}},
		{"straight", `"We sold the ferry," Ines Roth said.`, []string{"quote Ines Roth: We sold the ferry,"}},
		{"curly opened, straight closed", `“We sold the ferry," Ines Roth said.`, []string{"quote Ines Roth: We sold the ferry,"}},
		{"straight opened, curly closed", `"We sold the ferry,” Ines Roth said.`, []string{"quote Ines Roth: We sold the ferry,"}},
		{"closing marks on both sides", "”We sold the ferry,” Ines Roth said.", []string{"quote Ines Roth: We sold the ferry,"}},
		{"German", "„We sold the ferry“, Ines Roth said.", []string{"quote Ines Roth: We sold the ferry"}},
		{"French", "«We sold the ferry», Ines Roth said.", []string{"quote Ines Roth: We sold the ferry"}},
		{"French with spaces", "« We sold the ferry », Ines Roth said.", []string{"quote Ines Roth:  We sold the ferry "}},
		{"single", "‘We sold the ferry,’ Ines Roth said.", []string{"quote Ines Roth: We sold the ferry,"}},
		{"single straight, apostrophe inside", "'We don't sell the ferry,' Ines Roth said.", []string{"quote Ines Roth: We don't sell the ferry,"}},
		{"single, apostrophes inside", "‘It’s the dockers’ ferry now,’ Ines Roth said.", []string{"quote Ines Roth: It’s the dockers’ ferry now,"}},
		{"only apostrophes", "The dockers’ ferry was Roth’s, ’tis told, since the ’90s.", nil},
		{"nested single", "“They shouted ‘Sell it!’ all night,” Ines Roth said.", []string{"quote Ines Roth: They shouted ‘Sell it!’ all night,"}},
		{"nested double", "‘They shouted “Sell it!” all night,’ Ines Roth said.", []string{"quote Ines Roth: They shouted “Sell it!” all night,"}},
		{"nested in the same marks", "“They shouted “Sell it!” all night,” Ines Roth said.", []string{"quote Ines Roth: They shouted “Sell it!” all night,"}},
		{"nested straight", `"They shouted 'Sell it!' all night," Ines Roth said.`, []string{"quote Ines Roth: They shouted 'Sell it!' all night,"}},
		{"left open after a colon", "Ines Roth said: “We sold the ferry. It was old.", []string{"quote Ines Roth: We sold the ferry. It was old."}},
		{"a space after the opening mark", "\"We sold it,\" Ines Roth said. \" It was old.\"", []string{"quote Ines Roth: We sold it,", "quote Ines Roth:  It was old."}},
		{"no full stop at the end", "“We sold it,” said Ines Roth. “It was old and we never used it”", []string{"quote Ines Roth: We sold it,", "quote Ines Roth: It was old and we never used it"}},
		{"a space before the closing mark", "Ines Roth said it was “old and useless ”. “We sold it,” said Tom Beck.", []string{"part Ines Roth: old and useless ", "quote Tom Beck: We sold it,"}},
		{"an open mark that is a slip", "The “ferry was sold in May.", nil},
		{"inches", `The plank is 6" wide and 12" long.`, nil},
		{"over paragraphs, an opening mark on each", "Ines Roth said: “We sold the ferry.\n“It was old.\n“Nobody used it.”", []string{
			"quote Ines Roth: We sold the ferry.", "quote Ines Roth: It was old.", "quote Ines Roth: Nobody used it."}},
		{"over paragraphs that go on with a small letter", "Ines Roth said: “We want a pier,\n“and a lamp on it,\n“and a bench.”\nTom Beck left.", []string{
			"quote Ines Roth: We want a pier,", "quote Ines Roth: and a lamp on it,", "quote Ines Roth: and a bench."}},
		{"over paragraphs, credited at the end", "“We sold the ferry.\n“It was old,” Ines Roth said.", []string{
			"quote Ines Roth: We sold the ferry.", "quote Ines Roth: It was old,"}},
		{"over paragraphs, one pair of marks", "Ines Roth said: “We sold the ferry.\nIt was old.”", []string{
			"quote Ines Roth: We sold the ferry.", "quote Ines Roth: It was old."}},
		{"over paragraphs, straight marks", "Ines Roth said: \"We sold the ferry.\n\"It was old.\"", []string{
			"quote Ines Roth: We sold the ferry.", "quote Ines Roth: It was old."}},
		{"a speech of many paragraphs in one pair of marks", "Ines Roth gave the following statement:\n\"The ferry was old.\nTom Beck once said it was \"a bathtub.\"\nWe sold it.\nWe will not miss it.\"\nThe pier is empty.", []string{
			"quote Ines Roth: The ferry was old.", "quote Ines Roth: Tom Beck once said it was \"a bathtub.\"", "quote Ines Roth: We sold it.", "quote Ines Roth: We will not miss it."}},
		{"a closing mark after a space", "Ines Roth said:\n“The ferry was old.\nWe sold it. “\nThe pier is empty.", []string{"quote Ines Roth: The ferry was old.", "quote Ines Roth: We sold it. "}},
		{"a mark forgotten before the credit", "\"The ferry was old, says Ines Roth, the mayor. \"We sold it.\"", []string{"quote Ines Roth: The ferry was old,", "quote Ines Roth: We sold it."}},
		{"several sentences", "“We sold it. Was it old? Yes!” Ines Roth said.", []string{"quote Ines Roth: We sold it. Was it old? Yes!"}},
		{"Polish", "„Sprzedaliśmy prom”, Ines Roth said.", []string{"quote Ines Roth: Sprzedaliśmy prom"}},
		{"Swedish", "”We sold the ferry”, said Ines Roth. ”It was old.”", []string{"quote Ines Roth: We sold the ferry", "quote Ines Roth: It was old."}},
		{"Danish", "»We sold the ferry,« Ines Roth said.", []string{"quote Ines Roth: We sold the ferry,"}},
		{"Swiss", "«We sold the ferry», said Ines Roth. «It was old.»", []string{"quote Ines Roth: We sold the ferry", "quote Ines Roth: It was old."}},
		{"French with narrow spaces", "«\u202fWe sold the ferry\u202f», Ines Roth said.", []string{"quote Ines Roth: \u202fWe sold the ferry\u202f"}},
		{"French with spaces that do not break", "Ines Roth said: «\u00a0We sold the ferry.\u00a0»", []string{"quote Ines Roth: \u00a0We sold the ferry.\u00a0"}},
		{"British, the comma outside", "‘We sold the ferry’, Ines Roth said.", []string{"quote Ines Roth: We sold the ferry"}},
		{"British, a dialect inside", "‘’Tis the sailors’ own fault,’ Ines Roth said.", []string{"quote Ines Roth: ’Tis the sailors’ own fault,"}},
		{"British, straight, an elision inside", "'Get 'em off the ferry,' Ines Roth said.", []string{"quote Ines Roth: Get 'em off the ferry,"}},
		{"single within single", "‘They cried ‘Sell!’ all night,’ Ines Roth said.", []string{"quote Ines Roth: They cried ‘Sell!’ all night,"}},
		{"three deep", "“He told me ‘She shouted “Sell!” and fled’ last night,” Ines Roth said.", []string{"quote Ines Roth: He told me ‘She shouted “Sell!” and fled’ last night,"}},
		{"nested French", "« Ils crient “Sell it!” toute la nuit », Ines Roth said.", []string{"quote Ines Roth:  Ils crient “Sell it!” toute la nuit "}},
		{"nested German", "„They shouted ‚Sell it!‘ all night“, Ines Roth said.", []string{"quote Ines Roth: They shouted ‚Sell it!‘ all night"}},
		{"a foot and an inch inside", `“The plank was 6' 2" and wet,” Ines Roth said.`, []string{`quote Ines Roth: The plank was 6' 2" and wet,`}},
		{"marks around a word inside straight ones", `"The 'ferry' was a tub," Ines Roth said.`, []string{"quote Ines Roth: The 'ferry' was a tub,"}},
		{"a mark in bold", "**“We sold the ferry,”** Ines Roth said.", []string{"quote Ines Roth: We sold the ferry,"}},
		{"a mark in italics", "*“We sold the ferry,”* Ines Roth said.", []string{"quote Ines Roth: We sold the ferry,"}},
		{"in brackets", "(“We sold the ferry,” Ines Roth said.)", []string{"quote Ines Roth: We sold the ferry,"}},
		{"an ellipsis opens", "“… and we sold the ferry,” Ines Roth said.", []string{"part Ines Roth: … and we sold the ferry,"}},
		{"a dash ends what was cut off", "“We sold the—” Ines Roth began.", []string{"quote Ines Roth: We sold the—"}},
		{"a bracketed word inside", "“[The ferry] was old, and we sold it,” Ines Roth said.", []string{"quote Ines Roth: [The ferry] was old, and we sold it,"}},
		{"no space after the credit’s comma", "Ines Roth said,“We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"no space before the credit", "“We sold the ferry,”Ines Roth said.", []string{"quote Ines Roth: We sold the ferry,"}},
		{"tabs and doubled spaces", "“We sold  the\tferry,”  Ines Roth  said.", []string{"quote Ines Roth: We sold  the\tferry,"}},
		{"over paragraphs, single marks", "Ines Roth said: ‘We sold the ferry.\n‘It was old.’", []string{
			"quote Ines Roth: We sold the ferry.", "quote Ines Roth: It was old."}},
		{"over paragraphs, German", "Ines Roth said: „We sold the ferry.\n„It was old.“", []string{
			"quote Ines Roth: We sold the ferry.", "quote Ines Roth: It was old."}},
		{"over paragraphs, French", "Ines Roth said: «We sold the ferry.\n«It was old.»", []string{
			"quote Ines Roth: We sold the ferry.", "quote Ines Roth: It was old."}},
		{"over paragraphs, the credit in the middle", "“We sold the ferry,” Ines Roth said. “It was old.\n“Nobody used it.\n“Not even the gulls.”", []string{
			"quote Ines Roth: We sold the ferry,", "quote Ines Roth: It was old.", "quote Ines Roth: Nobody used it.", "quote Ines Roth: Not even the gulls."}},
		{"two speakers after each other, each closed", "“We sold the ferry,” Ines Roth said.\n“You gave it away,” Tom Beck said.\n“It was old.”", []string{
			"quote Ines Roth: We sold the ferry,", "quote Tom Beck: You gave it away,", "quote Tom Beck: It was old."}},
		{"a mark never closed does not swallow the next speaker", "“We sold the ferry, said Ines Roth.\n“You gave it away,” Tom Beck said.", []string{
			"quote Ines Roth: We sold the ferry,", "quote Tom Beck: You gave it away,"}},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.text, c.want...) })
	}
}

// TestCredits: every way in which a sentence says who speaks.
func TestCredits(t *testing.T) {
	const sold = "We sold the ferry,"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"said NAME", "“We sold the ferry,” said Ines Roth.", []string{"quote Ines Roth: " + sold}},
		{"marks typed as two apostrophes", "\"We sold the ferry,'' said Ines Roth. ''It was old.'' It sank.", []string{"quote Ines Roth: " + sold, "quote Ines Roth: It was old."}},
		{"said NAME and a role", "“We sold the ferry,” said Ines Roth, the harbour master of Kiel.", []string{"quote Ines Roth: " + sold}},
		{"said the role NAME", "“We sold the ferry,” said harbour master Ines Roth.", []string{"quote Ines Roth: " + sold}},
		{"said the role, NAME", "“We sold the ferry,” said the mayor, Ines Roth.", []string{"quote Ines Roth: " + sold}},
		{"NAME said:", "Ines Roth said: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"NAME said,", "Ines Roth said, “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"NAME told", "Ines Roth told the council: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"who runs", "“We sold the ferry,” Ines Roth, who runs the harbour, said on Monday.", []string{"quote Ines Roth: " + sold}},
		{"age and place", "“We sold the ferry,” Ines Roth, 43, of Kiel, told Reuters.", []string{"quote Ines Roth: " + sold}},
		{"age and place before", "Ines Roth, 43, of Kiel, told Reuters: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"an aside in brackets", "Ines Roth (Labour) said: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"according to", "According to Ines Roth, “nobody wanted the old ferry”.", []string{"part Ines Roth: nobody wanted the old ferry"}},
		{"according to, reported", "The ferry was sold, according to Ines Roth.", []string{"report Ines Roth: The ferry was sold, according to Ines Roth."}},
		{"in NAME's words", "The ferry was, in Roth’s words, “an old bathtub”.", []string{"part Roth: an old bathtub"}},
		{"as NAME put it", "As Ines Roth put it, the ferry was “an old bathtub”.", []string{"part Ines Roth: an old bathtub"}},
		{"in her own words", "Ines Roth sold the ferry. It was, in her own words, “an old bathtub”.", []string{"part Ines Roth: an old bathtub"}},
		{"quoted as saying", "Ines Roth was quoted by the paper as saying that “the ferry is an old bathtub”.", []string{"part Ines Roth: the ferry is an old bathtub"}},
		{"described by", "The ferry was described by Ines Roth as “an old bathtub”.", []string{"part Ines Roth: an old bathtub"}},
		{"called it", "Ines Roth called the ferry an “old bathtub”.", []string{"part Ines Roth: old bathtub"}},
		{"and said", "Ines Roth rose and said: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"went on to say", "Ines Roth went on to say: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"adding", "Ines Roth closed the pier, adding: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"a letter", "A letter from Ines Roth said: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"whose statement", "Roth’s statement read: “We sold the ferry.”", []string{"quote Roth: We sold the ferry."}},
		{"question", "“Is the ferry sold?” asked Ines Roth.", []string{"quote Ines Roth: Is the ferry sold?"}},
		{"question, the name first", "“Is the ferry sold?” Ines Roth asked.", []string{"quote Ines Roth: Is the ferry sold?"}},
		{"a full stop before the credit", "“We sold the ferry.” Ines Roth said.", []string{"quote Ines Roth: We sold the ferry."}},
		{"goes on after the credit", "“We sold the ferry,” Ines Roth said. “It was old.”", []string{"quote Ines Roth: " + sold, "quote Ines Roth: It was old."}},
		{"goes on after an aside", "“We sold the ferry,” said Ines Roth, the mayor. “It was old.”", []string{"quote Ines Roth: " + sold, "quote Ines Roth: It was old."}},
		{"goes on after a link", "“We sold the ferry,” [Ines Roth](https://example.org/a_b) said. “It was old.”", []string{"quote Ines Roth: " + sold, "quote Ines Roth: It was old."}},
		{"goes on after a note", "“We sold the ferry,”[3] Ines Roth said.[4] “It was old.”", []string{"quote Ines Roth: " + sold, "quote Ines Roth: It was old."}},
		{"interrupted", "“The ferry,” Ines Roth said, “was an old bathtub.”", []string{"part Ines Roth: The ferry,", "part Ines Roth: was an old bathtub."}},
		{"parts", "Ines Roth said the ferry was “old” and “no longer of any use”.", []string{"part Ines Roth: old", "part Ines Roth: no longer of any use"}},
		{"part before the credit", "The ferry is “an old bathtub”, Ines Roth said.", []string{"part Ines Roth: an old bathtub"}},
		{"two speakers", "“We sold the ferry,” Ines Roth said, but Tom Beck replied: “You gave it away.”", []string{"quote Ines Roth: " + sold, "quote Tom Beck: You gave it away."}},
		{"two together", "“We sold the ferry,” Ines Roth and Tom Beck said.", []string{"quote Ines Roth and Tom Beck: " + sold}},
		{"signed with a dash", "“We sold the ferry. It was old.” — Ines Roth, mayor", []string{"quote Ines Roth: We sold the ferry. It was old."}},
		{"a headline", "Ines Roth: “We sold the ferry”", []string{"quote Ines Roth: We sold the ferry"}},
		{"a headline with a role", "“We sold the ferry,” says mayor\nIns Roth, the mayor, spoke on Monday.", []string{"quote Ins Roth: " + sold}},
		{"announced on the line before", "Ines Roth, the mayor, said:\n“We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"announced without marks", "The mayor, Ines Roth, said:\nWe sold the ferry because it was old.", []string{"turn Ines Roth: We sold the ferry because it was old."}},
		{"the sentence before is about her", "Ines Roth shook her head. “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"a spokesman for", "“We sold the ferry,” said a spokesman for Ines Roth.", []string{"quote a spokesman for Ines Roth: " + sold}},
		{"unnamed", "“We sold the ferry,” one of the sailors said.", []string{"quote one of the sailors: " + sold}},
		{"nobody", "The pier was empty. “We sold the ferry long ago.”", []string{"quote somebody the article does not name?: We sold the ferry long ago."}},
		{"a title of a book", "Ines Roth wrote “The Long Way to Kiel” in May.", nil},
		{"a title in the way", "In her essay “The Long Way to Kiel,” Ines Roth said little.", nil},
		{"scare quotes", "The “ferry” was a bathtub.", nil},
		{"a verb that is not known", "“We sold the ferry,” Ines Roth harrumphed.", []string{"quote Ines Roth: " + sold}},
		{"a verb that is not known, before the name", "„Wir haben die Fähre verkauft“, sagte Ines Roth.", []string{"quote Ines Roth: Wir haben die Fähre verkauft"}},
		{"a short one before a comma", "« C’est la vie », said Ines Roth.", []string{"quote Ines Roth:  C’est la vie "}},
		{"a relative clause without commas", "A sailor who asked not to be named said the ferry “was never safe”.", []string{"part a sailor: was never safe"}},
		{"a banner", "“We want the ferry,” read a banner outside the gates.", []string{"quote a banner outside the gates: We want the ferry,"}},
		{"after something else", "After the meeting, Ines Roth, Kiel’s mayor, said: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"a company’s founder", "Ferry Lines founder Ines Roth said: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"a comma before the verb", "Ines Roth for the Harbour Board, says: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"a letter that begins like this", "Her letter begins like this:\nThe ferry was old.\nInes Roth wrote to us. Her second letter ends like this:\nWe sold the ferry.", []string{"turn Ines Roth: We sold the ferry."}},
		{"saying, before a paragraph", "Ines Roth takes it less lightly, saying:\nWe sold the “old” ferry because nobody used it.", []string{"turn Ines Roth: We sold the “old” ferry because nobody used it."}},
		{"a paper’s analysis", "Harbour World’s recent analysis concluded, “The ferry was the last of its kind.”", []string{"quote Harbour World: The ferry was the last of its kind."}},
		{"a picture", "They sat before a painting, “The Old Ferry”, by Ines Roth, who proposed that they leave.", []string{"report Ines Roth: They sat before a painting, “The Old Ferry”, by Ines Roth, who proposed that they leave."}},
		{"in what she called", "In what Ines Roth called “an old bathtub”, her crew found a fish.", []string{"part Ines Roth: an old bathtub"}},
		{"an account and a colon", "Ines Roth’s own account is clear: “The ferry was old.”", []string{"quote Ines Roth: The ferry was old."}},
		{"she said she hoped", "Ines Roth said she hoped the ferry would be “a museum”.", []string{"part Ines Roth: a museum"}},
		{"a colon after what she does", "Ines Roth was angry: “The ferry was old.”", []string{"quote Ines Roth: The ferry was old."}},
		{"a colon after what nobody does", "The pier has one rule: “Never feed the gulls.”", nil},
		{"the only one in the paragraph before", "Ines Roth said the ferry was late. The pier was full.\n“We waited for hours.”", []string{
			"report Ines Roth: Ines Roth said the ferry was late.", "quote Ines Roth: We waited for hours."}},
		{"of a company", "Ines Roth of Ferry Lines said: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"an office with capitals", "According to the company’s Medical Director, Ines Roth, “the ferry was no bathtub”.", []string{"part Ines Roth: the ferry was no bathtub"}},
		{"a relative clause in a role", "A captain with whom Ines Roth sailed called the ferry “an old bathtub”.", []string{"part a captain: an old bathtub"}},
		{"he wrote", "Ines Roth wrote: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"a former office and a party", "“We sold the ferry,” said former harbour minister Ines Roth (Greens, Kiel).", []string{"quote Ines Roth: " + sold}},
		{"two appositions", "“We sold the ferry,” Ines Roth, a sailor’s daughter, the mayor since 2011, said.", []string{"quote Ines Roth: " + sold}},
		{"an apposition between dashes", "“We sold the ferry,” Ines Roth — the mayor, and a sailor’s daughter — said.", []string{"quote Ines Roth: " + sold}},
		{"an apposition that names another", "“We sold the ferry,” said Ines Roth, the deputy of Tom Beck.", []string{"quote Ines Roth: " + sold}},
		{"a wife of somebody", "“We sold the ferry,” said Tom Beck’s wife, Ines Roth.", []string{"quote Ines Roth: " + sold}},
		{"whose name is told by a clause", "“We sold the ferry,” said Ines Roth, whose father built it.", []string{"quote Ines Roth: " + sold}},
		{"to somebody", "“We sold the ferry,” Ines Roth said to Tom Beck.", []string{"quote Ines Roth: " + sold}},
		{"told somebody", "“We sold the ferry,” Ines Roth told Tom Beck.", []string{"quote Ines Roth: " + sold}},
		{"asked somebody", "“Was the ferry sold?” Ines Roth asked Tom Beck.", []string{"quote Ines Roth: Was the ferry sold?"}},
		{"replied to somebody", "“We sold the ferry,” Ines Roth replied to Tom Beck’s question.", []string{"quote Ines Roth: " + sold}},
		{"said of somebody", "“He sold the ferry,” Ines Roth said of Tom Beck.", []string{"quote Ines Roth: He sold the ferry,"}},
		{"when asked by", "“We sold the ferry,” Ines Roth said when asked by Tom Beck.", []string{"quote Ines Roth: " + sold}},
		{"when and where", "“We sold the ferry,” Ines Roth said in Kiel late on Sunday night.", []string{"quote Ines Roth: " + sold}},
		{"doing something", "“We sold the ferry,” said Ines Roth, wiping her glasses.", []string{"quote Ines Roth: " + sold}},
		{"doing something before", "Wiping her glasses, Ines Roth said: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"asked for a comment", "Asked for a comment, Ines Roth said: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"in an e-mail", "In an e-mail to the Kiel Mail, Ines Roth wrote: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"an adverb before the verb", "“We sold the ferry,” Ines Roth quietly said.", []string{"quote Ines Roth: " + sold}},
		{"an adverb behind the verb", "“We sold the ferry,” said Ines Roth quietly.", []string{"quote Ines Roth: " + sold}},
		{"had said", "“We sold the ferry,” Ines Roth had said the week before.", []string{"quote Ines Roth: " + sold}},
		{"is quoted", "“We sold the ferry,” Ines Roth is quoted as saying.", []string{"quote Ines Roth: " + sold}},
		{"a name with a particle", "“We sold the ferry,” said Ludovica di Montalto.", []string{"quote Ludovica di Montalto: " + sold}},
		{"a particle with a capital letter", "Ludovica Di Montalto sat down. “We sold the ferry,” said Di Montalto.", []string{"quote Ludovica Di Montalto: " + sold}},
		{"a surname of two words after the full name", "Piet van Aken sat down. “We sold the ferry,” Van Aken said.", []string{"quote Piet van Aken: " + sold}},
		{"an Irish name", "“We sold the ferry,” said Siobhán O’Dwyer. “It was old,” O’Dwyer added.", []string{"quote Siobhán O’Dwyer: " + sold, "quote Siobhán O’Dwyer: It was old,"}},
		{"an Arabic name", "“We sold the ferry,” said Yusuf al-Khatib. Al-Khatib shrugged. “It was old and useless.”", []string{"quote Yusuf al-Khatib: " + sold, "quote Yusuf al-Khatib: It was old and useless."}},
		{"an Icelandic name", "“We sold the ferry,” sagði Þórdís Jónsdóttir.", []string{"quote Þórdís Jónsdóttir: " + sold}},
		{"a Turkish name", "“We sold the ferry,” said Şule Çağlar.", []string{"quote Şule Çağlar: " + sold}},
		{"a Vietnamese name", "“We sold the ferry,” said Nguyễn Thị Hoa.", []string{"quote Nguyễn Thị Hoa: " + sold}},
		{"a double name", "“We sold the ferry,” said Marie-Claire Dupont-Hale. “It was old,” Dupont-Hale added.", []string{"quote Marie-Claire Dupont-Hale: " + sold, "quote Marie-Claire Dupont-Hale: It was old,"}},
		{"initials", "“We sold the ferry,” said J. P. Oduya. “It was old,” Oduya added.", []string{"quote J. P. Oduya: " + sold, "quote J. P. Oduya: It was old,"}},
		{"a Dr. at the end of a sentence’s middle", "“We sold the ferry,” said Dr. Ines Roth. “It was old,” Dr. Roth added.", []string{"quote Ines Roth: " + sold, "quote Ines Roth: It was old,"}},
		{"a junior", "“We sold the ferry,” said Tom Beck Jr. on Monday.", []string{"quote Tom Beck Jr: " + sold}},
		{"a king", "“We sold the ferry,” said King Otto IV.", []string{"quote Otto IV: " + sold}},
		{"a priest", "“We sold the ferry,” said Father Anselm, a monk.", []string{"quote Anselm: " + sold}},
		{"a paper", "“The ferry was sold,” the Kiel Mail reported.", []string{"quote Kiel Mail: The ferry was sold,"}},
		{"a company", "“We sold the ferry,” Nordfähre AG said in a statement.", []string{"quote Nordfähre AG: " + sold}},
		{"a police force", "“We found the ferry,” police said.", []string{"quote police: We found the ferry,"}},
		{"several who are not named", "“We want the ferry,” the crowd chanted.", []string{"quote the crowd: We want the ferry,"}},
		{"somebody of an age", "“We want the ferry,” said a 9-year-old girl.", []string{"quote a 9-year-old girl: We want the ferry,"}},
		{"an inscription", "“Here lies the ferry,” reads a sign at the pier.", []string{"quote a sign at the pier: Here lies the ferry,"}},
		{"a parent", "“We want the ferry,” said a mother of three.", []string{"quote a mother of three: We want the ferry,"}},
		{"one says, the other thinks", "Ines Roth said the ferry was “a tub”, but Tom Beck called it “a palace”.", []string{"part Ines Roth: a tub", "part Tom Beck: a palace"}},
		{"an object that is quoted", "Ines Roth accused Tom Beck of “selling the ferry by night”.", []string{"part Ines Roth: selling the ferry by night"}},
		{"thanked", "Ines Roth thanked the crew for “years of wet feet”.", []string{"part Ines Roth: years of wet feet"}},
		{"a minister of a party", "“We sold the ferry,” said harbour minister Ines Roth (Greens).", []string{"quote Ines Roth: " + sold}},
		{"asked somebody by name", "“Is the ferry sold?” Ines Roth asked Tom Beck. “Is it?”", []string{"quote Ines Roth: Is the ferry sold?", "quote Ines Roth: Is it?"}},
		{"the crowd", "“Keep the ferry!” the crowd chanted.", []string{"quote the crowd: Keep the ferry!"}},
		{"a name that begins a sentence with a particle", "“We sold the ferry,” Ludwig van Dorn said. Van Dorn was wet. “It was old and useless.”", []string{"quote Ludwig van Dorn: " + sold, "quote Ludwig van Dorn: It was old and useless."}},
		{"in a language without spaces before marks", "“We sold the ferry!”, exclaimed Ines Roth.", []string{"quote Ines Roth: We sold the ferry!"}},
		{"said, and the quotation in the next sentence", "Ines Roth had this to say. “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"a semicolon between two speakers", "Ines Roth said the ferry was “a tub”; Tom Beck said it was “a palace”.", []string{"part Ines Roth: a tub", "part Tom Beck: a palace"}},
		{"a part and then a whole", "Ines Roth called it “a tub”. “We sold it in May,” she said.", []string{"part Ines Roth: a tub", "quote Ines Roth: We sold it in May,"}},
		{"begins by saying", "Ines Roth begins by saying: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"began to say", "Ines Roth began to say: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"tried to explain", "Ines Roth tried to explain: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"with somebody saying", "The meeting ended with Ines Roth saying: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"from sailors who said", "We heard from sailors, who said: “We sold the ferry.”", []string{"quote sailors: We sold the ferry."}},
		{"an adverb in a passive", "The ferry has often and rightly been described as “an old bathtub”.", []string{"part somebody the article does not name?: an old bathtub"}},
		{"as the sailors like to say", "As Ines Roth likes to say, “the ferry is an old bathtub”.", []string{"part Ines Roth: the ferry is an old bathtub"}},
		{"quoting somebody", "He left, quoting Ines Roth: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"in the words of", "In the words of Ines Roth, the ferry was “an old bathtub”.", []string{"part Ines Roth: an old bathtub"}},
		{"signed in brackets", "“We sold the ferry. It was old.” (Ines Roth, mayor)", []string{"quote Ines Roth: We sold the ferry. It was old."}},
		{"signed in its own sentence", "“We sold the ferry. It was old.” Ines Roth, mayor.", []string{"quote Ines Roth: We sold the ferry. It was old."}},
		{"a question by him", "“Really?” he asked Ines Roth. Tom Beck sat down.", []string{"quote he?: Really?"}},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.text, c.want...) })
	}
}

// TestVerbs: what the common verbs of saying credit.
func TestVerbs(t *testing.T) {
	for _, verb := range strings.Fields("said says tweeted wrote argued asked warned joked added recalled insisted noted explained replied admitted claimed declared " +
		"observed predicted promised remarked responded stated stressed suggested testified vowed complained concluded continued conceded whispered shouted posted laughed") {
		check(t, "“The old ferry sails again,” Ines Roth "+verb+".", "quote Ines Roth: The old ferry sails again,")
		check(t, "“The old ferry sails again,” "+verb+" Ines Roth.", "quote Ines Roth: The old ferry sails again,")
	}
}

// TestReports: sentences that tell what somebody said, and such as do not.
func TestReports(t *testing.T) {
	for _, c := range []struct {
		text, speaker string // no speaker: no report
	}{
		{"Ines Roth said the ferry was sold.", "Ines Roth"},
		{"Ines Roth said on Monday that the ferry was sold.", "Ines Roth"},
		{"Ines Roth told the council that the ferry was sold.", "Ines Roth"},
		{"Ines Roth told Reuters the ferry was sold.", "Ines Roth"},
		{"Ines Roth agreed to sell the ferry.", ""},
		{"Ines Roth agreed that the ferry was old.", "Ines Roth"},
		{"Roth estimates suggest that the ferry is old.", ""},
		{"The Ines Roth Aid to Sailors Act calls for more ferries.", ""},
		{"The Pier Safety Act of 1931 says the ferry was sold.", ""},
		{"Former U.S. Harbour Secretary Ines Roth said the ferry was sold.", "Ines Roth"},
		{"U.S. Representative Ines K. Roth said the ferry was sold.", "Ines K. Roth"},
		{"Rep. I.K. Roth said the ferry was sold.", "I.K. Roth"},
		{"Remember Ines Roth said the ferry was sold?", "Ines Roth"},
		{"Sure, you could ask whether the ferry was sold.", ""},
		{"We’ve said that the ferry was sold.", ""},
		{"Moved by the storm, Ines Roth said the ferry was sold.", "Ines Roth"},
		{"Sens. Ines Roth (Kiel) and Tom Beck (Oslo) say the ferry was sold.", "Ines Roth and Tom Beck"},
		{"Ines Roth, R-Ga., Ada Lund, R-Va., and Tom Beck, D-Va., today said the ferry was sold.", "Ines Roth, Ada Lund and Tom Beck"},
		{"Ines Roth, executive director of the Kiel Ferry Office (KFO), said the ferry was sold.", "Ines Roth"},
		{"Ines Roth, who runs the harbour, argued that ferries are costly.", "Ines Roth"},
		{"Ines Roth warned of higher fares.", "Ines Roth"},
		{"Ines Roth denied the claim.", "Ines Roth"},
		{"Ines Roth promised to lower the fares.", "Ines Roth"},
		{"The ferry, Ines Roth said, was sold in May.", "Ines Roth"},
		{"The delegation said ferries are costly.", "the delegation"},
		{"Hydrologists say that the river is low.", "hydrologists"},
		{"The ferry is late, Kiel’s vice-president has warned.", "Kiel’s vice-president"},
		{"The Senate rejected the ferry.", ""},
		{"In short, Ines Roth concluded, the ferry was sold.", "Ines Roth"},
		{"The chain, which sells ferries, denied that it was late.", "the chain"},
		{"The ferry was sold in May, said Ines Roth.", "Ines Roth"},
		{"The ferry was sold in May, Ines Roth added.", "Ines Roth"},
		{"But Ines Roth believes that the ferry will sail.", "Ines Roth"},
		{"On Monday Ines Roth said the ferry was sold.", "Ines Roth"},
		{"Tom met Ines Roth, who had told him that the ferry was sold.", "Ines Roth"},
		{"Ines Roth stated Beck left on Monday.", "Ines Roth"},
		{"WHO say the water is clean.", "WHO"},
		{"Half the respondents said that the ferry was late.", "the respondents"},
		{"Ines Roth described him as the best sailor.", "Ines Roth"},
		{"Ines Roth thought the ferry was late.", ""},
		{"A sailor in Kiel, Holstein, refused to leave.", "a sailor in Kiel"},
		{"Officials said the ferry was sold.", "officials"},
		{"The Harbour Board said it had sold the ferry.", "Harbour Board"},
		{"A spokesman for the board said the ferry was sold.", "a spokesman for the board"},
		{"The minister for trade, Ines Roth, said the ferry was sold.", "Ines Roth"},
		{"Ines Roth suggested selling the ferry.", "Ines Roth"},
		{"Ines Roth asked the owners of the ferry not to sell it.", "Ines Roth"},
		{"Ines Roth encouraged sailors to learn to swim.", "Ines Roth"},
		{"Ines Roth said much of the harbour belongs to Kiel.", "Ines Roth"},
		{"Most Harbours reported that ferries are late.", "most Harbours"},
		{"Ines Roth reported on the ferry.", ""},
		{"Ines Roth asked the owners.", ""},
		{"Ines Roth added a second pier.", ""},
		{"Ines Roth explained the plan.", ""},
		{"Ines Roth said nothing.", ""},
		{"Ines Roth did not say that the ferry was sold.", ""},
		{"Ines Roth was told that the ferry was sold.", ""},
		{"Ines Roth’s claims that the ferry was sold are old.", ""},
		{"The sailors of the United States sold the ferry.", ""},
		{"The law says that ferries are boats.", ""},
		{"The ferry sailed to Kiel in May.", ""},
		{"Ines Roth said she would sell the ferry.", "Ines Roth"},
		{"Ines Roth said: the ferry is sold.", "Ines Roth"},
		{"Ines Roth has said for years that the ferry is old.", "Ines Roth"},
		{"The ferry – Ines Roth said – was sold in May.", "Ines Roth"},
		{"The ferry was sold in May, Ines Roth, its captain, said.", "Ines Roth"},
		{"The ferry was sold in May, its captain said.", "its captain"},
		{"Ines Roth and Tom Beck said the ferry was sold.", "Ines Roth and Tom Beck"},
		{"Neither Ines Roth nor Tom Beck said the ferry was sold.", ""},
		{"Ines Roth never said the ferry was sold.", ""},
		{"Ines Roth would not say whether the ferry was sold.", ""},
		{"Ines Roth could not confirm that the ferry was sold.", ""},
		{"Nobody said the ferry was sold.", ""},
		{"Ines Roth admitted selling the ferry by night.", "Ines Roth"},
		{"Ines Roth accused the board of selling the ferry.", "Ines Roth"},
		{"Ines Roth apologised for the noise.", "Ines Roth"},
		{"Ines Roth thanked the crew.", "Ines Roth"},
		{"Ines Roth refused to sell the ferry.", "Ines Roth"},
		{"Ines Roth predicted a long winter.", "Ines Roth"},
		{"Ines Roth wrote that the ferry was sold.", "Ines Roth"},
		{"Ines Roth wrote a book about ferries.", ""},
		{"Ines Roth told a joke.", ""},
		{"Ines Roth told the truth.", ""},
		{"Ines Roth recalled that the ferry leaked.", "Ines Roth"},
		{"Ines Roth recalled the ferry.", ""},
		{"Ines Roth announced that the ferry was sold.", "Ines Roth"},
		{"Ines Roth wondered whether the ferry would sail.", "Ines Roth"},
		{"Ines Roth, asked about the ferry, said it was sold.", "Ines Roth"},
		{"Ines Roth, a spokeswoman for Tom Beck, said the ferry was sold.", "Ines Roth"},
		{"Ines Roth, who had met Tom Beck, said the ferry was sold.", "Ines Roth"},
		{"Critics say the ferry is old.", "critics"},
		{"Two of the three captains said the ferry was old.", "two of the three captains"},
		{"The Kiel Mail reported that the ferry was sold.", "Kiel Mail"},
		{"In the view of Ines Roth, the ferry is old.", ""},
		{"In Ines Roth’s view, the ferry is old.", "Ines Roth"},
		{"As far as Ines Roth knows, the ferry is old.", ""},
		{"Ines Roth stressed the need for ferries.", "Ines Roth"},
		{"The ferry is said to be old.", ""},
		{"It is said that the ferry is old.", ""},
		{"Ines Roth joked that the ferry was a submarine.", "Ines Roth"},
		{"The sign says that the ferry is late.", ""},
		{"Tell Ines Roth that the ferry is late.", ""},
		{"Had Ines Roth said the ferry was late?", "Ines Roth"},
	} {
		var want []string
		if c.speaker != "" {
			want = []string{"report " + c.speaker + ": " + c.text}
		}
		check(t, c.text, want...)
	}
}

// TestPronounsAndRoles: whom "he", "the mayor" and "his sister" stand for, and where
// they are left as they stand.
func TestPronounsAndRoles(t *testing.T) {
	for _, c := range []struct {
		name, text, speaker string
	}{
		{"the only one", "Ines Roth closed the pier. She said: “It was old.”", "Ines Roth"},
		{"by gender", "Ines Roth met Tom Beck at the pier. He said: “It was old.”", "Tom Beck"},
		{"by gender, the other", "Ines Roth met Tom Beck at the pier. She said: “It was old.”", "Ines Roth"},
		{"two fit", "Omar Hale met Tom Beck at the pier. He said: “It was old.”", "he?"},
		{"two women fit", "Ines Roth met Anna Beck at the pier. She said: “It was old.”", "she?"},
		{"the later subject", "Omar Hale met Tom Beck. Hale closed the pier. He said: “It was old.”", "Omar Hale"},
		{"who spoke goes on", "Omar Hale said that Tom Beck was late. He added: “It was old.”", "Omar Hale"},
		{"neither", "Omar Hale said it was late. Tom Beck said it was early. Neither stayed. He added: “It was old.”", "he?"},
		{"it, after a council", "The council said it was sold. It added: “It was old.”", "the council"},
		{"nobody before", "“It was old,” he said.", "he?"},
		{"names in a quotation do not count", "Omar Hale rose. “I like Tom Beck,” he said.", "Omar Hale"},
		{"a title tells the gender", "Mr. Roth met Mrs. Beck. She said: “It was old.”", "Beck"},
		{"a role tells the gender", "Chairwoman Kim Roth met Tom Beck. She said: “It was old.”", "Kim Roth"},
		{"a pronoun tells the gender", "Jo Roth sold her boat. Tom Beck bought it. She said: “It was old.”", "Jo Roth"},
		{"the paragraph before", "Ines Roth closed the pier.\n“It was old,” she said.", "Ines Roth"},
		{"a role", "Ines Roth, the mayor, met Tom Beck. The mayor said: “It was old.”", "Ines Roth"},
		{"a role said before", "Mayor Ines Roth met Tom Beck. “It was old,” the mayor said.", "Ines Roth"},
		{"two have the role", "Mayor Ines Roth met Mayor Tom Beck. “It was old,” the mayor said.", "the mayor"},
		{"nobody has the role", "Ines Roth met Tom Beck. “It was old,” the pilot said.", "the pilot"},
		{"kin", "Tom Beck sold his boat. His sister, Anna Beck, rowed it. “It was old,” his sister said.", "Anna Beck"},
		{"a body", "The Harbour Board sold the ferry. “It was old,” the board said.", "Harbour Board"},
		{"a company is nobody", "Ferries24 denied it. A sailor of Ferries24 said it was late. “It was old,” she said.", "a sailor of Ferries24"},
		{"an adjective is nobody", "Omar Hale retired. He was the first German captain. “It was old,” he said.", "Omar Hale"},
		{"a line in capitals", "Mayor Ines Roth spoke.\nMAYOR ROTH MADE THE FOLLOWING REMARKS:\n“It was old.”", "Ines Roth"},
		{"they, after a body", "The Harbour Board said it was sold. They added: “It was old.”", "Harbour Board"},
		{"an unnamed woman goes on", "A waitress said it was late. She added: “It was old.”", "a waitress"},
		{"by the surname", "Ines Roth closed the pier. “It was old,” Roth said.", "Ines Roth"},
		{"by the given name", "Ines Roth closed the pier. “It was old,” Ines said.", "Ines Roth"},
		{"two of one surname", "Ines Roth and Tom Roth closed the pier. “It was old,” Roth said.", "Roth"},
		{"two of one surname, one is named more", "Ines Roth closed the pier. Ines Roth and Tom Roth left. “It was old,” Roth said.", "Ines Roth"},
		{"named in the sentence", "Tom Beck said it was late.\nOmar Hale's sister pleaded with him, but he replied: “It was old.”", "Omar Hale"},
		{"an expert who doubts", "Another expert, Omar Hale of Kiel, doubts what Tom Beck promised.\n“I think that it was old.”", "Omar Hale"},
		{"after these words", "Tom Beck ended his mail with these words:\n“It was old.”", "Tom Beck"},
		{"a dash", "Tom Beck thought for a while—“It was old.”", "Tom Beck"},
		{"the author's question", "Tom Beck sat down. My next question was: “Was it old?”", TheAuthor + "?"},
		{"a portrait", "Omar Hale: how do you row?\nOmar Hale rows. Hale likes boats.\nHale has two.\n“I paint them every year, and then I row.”", "Omar Hale"},
		{"a surname that is a verb, too", "“It was late,” said Tom Will. “Will the ferry sail?” Will said.", "Tom Will"},
		{"the name on the next line", "“It was late,” said Tom Beck.\n“It was old.”\nInes Roth, captain", "Ines Roth"},
		{"the name in brackets on the next line", "“It was late,” said Tom Beck.\n“It was old.”\n(Ines Roth, captain)", "Ines Roth"},
		{"a trade that no list has", "Harbourmaster Ines Roth left. “It was old,” Roth said.", "Ines Roth"},
		{"a plural owner in a name", "“It was old,” the Farmers' Union said.", "Farmers' Union"},
		{"two of one surname, one comes later", "Ines Roth owns the pier. “It was old,” said Roth. Her husband, Tom Roth, left.", "Ines Roth"},
		{"two of one surname, a title", "Ines Roth and Tom Roth closed the pier. “It was old,” Mr. Roth said.", "Tom Roth"},
		{"the one whom a sentence says the role is of", "The deputy is Anna Beck. Tom Roth drove her home. She said: “It was old.”", "Anna Beck"},
		{"a predicate with a name behind a comma", "Ines Roth climbs. Her apprentice is a former boxer, Kwame Addo. “It was old,” she said.", "Ines Roth"},
		{"a predicate with a name, he", "Tom Roth climbs. His apprentice is a former boxer, Kwame Addo. “It was old,” he said.", "Kwame Addo"},
		{"an owner’s officer", "Silvan Hug won. Her party’s treasurer was less gracious. “It was old,” he said.", "her party’s treasurer"},
		{"three fit", "Omar Hale, Tom Beck and Bo Lind met. He said: “It was old.”", "he?"},
		{"the only woman of three", "Omar Hale, Tom Beck and Ines Roth met. She said: “It was old.”", "Ines Roth"},
		{"two paragraphs back", "Ines Roth closed the pier.\nIt had stood for a hundred years.\n“It was old,” she said.", "Ines Roth"},
		{"too far back", "The town\nInes Roth closed the pier.\nIt rained.\nIt snowed.\nIt froze.\nIt thawed.\nThe gulls came back.\n“It was old,” she said.", "she?"},
		{"a pet is nobody", "Ines Roth has a dog. It is old. “It was loud,” she said.", "Ines Roth"},
		{"a ship is she", "The Gulnora sank. “It was old,” she said.", "she?"},
		{"a man’s name that is a place’s, too", "Austin Hale met Ines Roth. “It was old,” he said.", "Austin Hale"},
		{"an unknown name with his own hand", "Xaquil raised his hand. “It was old,” he said.", "Xaquil"},
		{"Ms. and Mr. of one surname", "Mr. Roth and Ms. Roth met. “It was old,” Ms. Roth said.", "Roth"},
		{"a title and the full name of another", "Tom Roth closed the pier. “It was old,” said Lady Roth.", "Mrs. Roth"},
		{"a widow", "Ada Lund is the widow of Otto Lund. “It was old,” the widow said.", "Ada Lund"},
		{"her husband", "Ada Lund met the press. Her husband, Otto, stayed at home. “It was old,” he said.", "Otto"},
		{"a captain who became mayor", "Ines Roth, a former captain, met Tom Beck, the captain. “It was old,” the captain said.", "the captain"},
		{"two mayors of two towns", "Ines Roth, the mayor of Kiel, met Tom Beck, the mayor of Leeds. “It was old,” the mayor said.", "the mayor"},
		{"a spokeswoman who is named later", "A spokeswoman said it was late. The spokeswoman, Ida Lund, added: “It was old.”", "Ida Lund"},
		{"a committee’s members", "The Harbour Committee met. “It was old,” its members said.", "its members"},
		{"the younger one", "Ines Roth and her son, Bo Roth, met. “It was old,” the boy said.", "the boy"},
		{"a lower-case surname at the beginning", "Ludwig van Dorn closed the pier. Van Dorn, 61, said: “It was old.”", "Ludwig van Dorn"},
		{"a particle with two bearers", "Ludwig van Dorn met Anna van Dorn. “It was old,” Van Dorn said.", "Van Dorn"},
		{"by the first of two given names", "Anna Maria Roth closed the pier. “It was old,” Anna said.", "Anna Maria Roth"},
		{"by an accent left out", "José Peña closed the pier. “It was old,” Peña said.", "José Peña"},
		{"a possessive of a name that ends with s", "Ines Moss closed the pier. “It was old,” read Moss’ note.", "Ines Moss"},
		{"he, where only a woman was named", "Ines Roth closed the pier. “It was old,” he said.", "he?"},
		{"they, where one person was named", "Robin Roth closed the pier. “It was old,” they said.", "they?"},
		{"I, in a text of nobody", "“It was old,” I said.", TheAuthor + "?"},
		{"the other woman", "Ines Roth met Anna Beck. Roth said little. “It was old,” the other woman said.", "the other woman"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := c.text
			got := ""
			for _, s := range Read(text, paragraphsOf(text), "").Speeches {
				if s.Form == Quotation {
					got = s.Speaker
					if s.Unsure {
						got += "?"
					}
				}
			}
			if got != c.speaker {
				t.Errorf("read\n%s\ngot %q, want %q", text, got, c.speaker)
			}
		})
	}
}

// TestTranscripts: texts in which a label names who speaks.
func TestTranscripts(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"names", "Pier prices\nIda Roth: We will not raise fares before May.\nTom Beck: I would not promise that.", []string{
			"turn Ida Roth: We will not raise fares before May.", "turn Tom Beck: I would not promise that."}},
		{"names from the first line", "Ida Roth: We will not raise fares.\nTom Beck: I would not promise that.", []string{
			"turn Ida Roth: We will not raise fares.", "turn Tom Beck: I would not promise that."}},
		{"offices and last names", "Press conference with Ida Roth and Tom Beck\nJOURNALIST: Does it stay?\nPM ROTH: It stays.\nMAYOR BECK: It sinks.", []string{
			"turn JOURNALIST: Does it stay?", "turn Ida Roth: It stays.", "turn Tom Beck: It sinks."}},
		{"titles in brackets", "Minutes\nIDA ROTH (mayor): The ferry stays.\nTOM BECK (Labour): It sinks.", []string{
			"turn IDA ROTH: The ferry stays.", "turn TOM BECK: It sinks."}},
		{"bold", "Minutes\n**Ida Roth:** The ferry stays.\n**Tom Beck**: It sinks.", []string{
			"turn Ida Roth: The ferry stays.", "turn Tom Beck: It sinks."}},
		{"times", "[00:12] Ida: The ferry stays.\n[00:15] Tom: It sinks.\n[00:19] Ida: No.", []string{
			"turn Ida: The ferry stays.", "turn Tom: It sinks.", "turn Ida: No."}},
		{"dashes", "Minutes\nIda Roth — The ferry stays.\nTom Beck — It sinks.\nIda Roth — No.", []string{
			"turn Ida Roth: The ferry stays.", "turn Tom Beck: It sinks.", "turn Ida Roth: No."}},
		{"first names of people named", "An interview with Ida Roth\nBy Tom Beck\nTom: Does the ferry stay?\nIda: It does.\nTom: And then?", []string{
			"turn Tom Beck: Does the ferry stay?", "turn Ida Roth: It does.", "turn Tom Beck: And then?"}},
		{"initials", "Interview: Ida Roth talks to Tom Beck\nTB: Does the ferry stay?\nIR: It does.\nTB: And then?\nIR: It sails.", []string{
			"turn Tom Beck: Does the ferry stay?", "turn Ida Roth: It does.", "turn Tom Beck: And then?", "turn Ida Roth: It sails."}},
		{"Q and A of an interview", "Interview with Ida Roth\nQ: Does the ferry stay?\nA: I hope so.", []string{
			"turn the interviewer: Does the ferry stay?", "turn Ida Roth: I hope so."}},
		{"Q and A of one who spoke to another", "Old keys\nThe locksmith Ida Roth has cut keys for years. She spoke to Tom Beck.\nQ: Does it hold?\nA: I hope so.", []string{
			"turn the interviewer: Does it hold?", "turn Ida Roth: I hope so."}},
		{"Q and A of nobody", "Ferry: frequent questions\nQ: Does the ferry stay?\nA: It does.", nil},
		{"several paragraphs a turn", "Minutes\nIda Roth: The ferry stays.\nWe need it.\nTom Beck: It sinks.", []string{
			"turn Ida Roth: The ferry stays.", "turn Ida Roth: We need it.", "turn Tom Beck: It sinks."}},
		{"quotations in a turn are the speaker's", "Minutes\nIda Roth: He said “sell it” to me.\nTom Beck: I did not.", []string{
			"turn Ida Roth: He said “sell it” to me.", "turn Tom Beck: I did not."}},
		{"questions without labels", "Meet Ida Roth\nIda Roth runs the ferry.\nWhy the ferry?\nI like boats, and my father did.\nWhat comes next?\nI will paint it.\nAnd then?\nI will sail.", []string{
			"turn Ida Roth: I like boats, and my father did.", "turn Ida Roth: I will paint it.", "turn Ida Roth: I will sail."}},
		{"no transcript: a list", "The ferry\nPrice: 3 euros.\nPlace: the pier.\nContact: the harbour office.", nil},
		{"a name that no list has", "Minutes\nIda Roth: The ferry stays.\nTom Beck: It sinks.\nOduya Wexrumbo: I doubt it.\nIda Roth: No.", []string{
			"turn Ida Roth: The ferry stays.", "turn Tom Beck: It sinks.", "turn Oduya Wexrumbo: I doubt it.", "turn Ida Roth: No."}},
		{"no transcript: a roll of winners", "The prizes\nIda Roth: For her boat.\nTom Beck: For his pier.\nAnna Hale: For a song.\nOmar Hale: For a lamp.\nJo Roth: For a book.", nil},
		{"no transcript: captions", "The ferry\nPhoto: Ida Roth.\nPhoto: Tom Beck.", nil},
		{"capital letters with a surname that is met in full", "Pier talk\nIda Roth meets Tom Beck.\nROTH: The ferry stays.\nBECK: It sinks.\nROTH: No.", []string{
			"turn Ida Roth: The ferry stays.", "turn Tom Beck: It sinks.", "turn Ida Roth: No."}},
		{"times without brackets before names", "00:00:03 Ida Roth: The ferry stays.\n00:00:09 Tom Beck: It sinks.", []string{
			"turn Ida Roth: The ferry stays.", "turn Tom Beck: It sinks."}},
		{"times behind names in brackets", "Ida Roth (00:03): The ferry stays.\nTom Beck (00:09): It sinks.", []string{
			"turn Ida Roth: The ferry stays.", "turn Tom Beck: It sinks."}},
		{"a list’s dots before names", "Minutes\n• Ida Roth: The ferry stays.\n• Tom Beck: It sinks.\n• Ida Roth: No.", []string{
			"turn Ida Roth: The ferry stays.", "turn Tom Beck: It sinks.", "turn Ida Roth: No."}},
		{"italics", "Minutes\n_Ida Roth:_ The ferry stays.\n_Tom Beck:_ It sinks.", []string{
			"turn Ida Roth: The ferry stays.", "turn Tom Beck: It sinks."}},
		{"what happens between turns is nobody’s", "Minutes\nIda Roth: The ferry stays.\n[Laughter]\n(A door slams.)\nTom Beck: It sinks.", []string{
			"turn Ida Roth: The ferry stays.", "turn Tom Beck: It sinks."}},
		{"an aside within a turn stays in it", "Minutes\nIda Roth: The ferry [coughs] stays.\nTom Beck (laughing): It sinks.", []string{
			"turn Ida Roth: The ferry [coughs] stays.", "turn Tom Beck: It sinks."}},
		{"a colon within a turn", "Minutes\nIda Roth: One thing: it stays.\nTom Beck: Note this: it sinks.", []string{
			"turn Ida Roth: One thing: it stays.", "turn Tom Beck: Note this: it sinks."}},
		{"a label alone on its line", "Minutes\nIda Roth:\nThe ferry stays.\nTom Beck:\nIt sinks.\nIda Roth:\nNo.", []string{
			"turn Ida Roth: The ferry stays.", "turn Tom Beck: It sinks.", "turn Ida Roth: No."}},
		{"one name in full, then its first name", "Pier radio\nIda Roth: The ferry stays.\nTom Beck: It sinks.\nIda: No.\nTom: Yes.", []string{
			"turn Ida Roth: The ferry stays.", "turn Tom Beck: It sinks.", "turn Ida Roth: No.", "turn Tom Beck: Yes."}},
		{"names with accents and particles", "Pier radio\nÉlodie Guérin: The ferry stays.\nLudwig van der Rohe: It sinks.\nÉlodie Guérin: No.", []string{
			"turn Élodie Guérin: The ferry stays.", "turn Ludwig van der Rohe: It sinks.", "turn Élodie Guérin: No."}},
		{"questions of the audience", "Talk by Ida Roth\nModerator: Questions, please.\nAudience member: Does it stay?\nIda Roth: It stays.\nModerator: Thank you.", []string{
			"turn Moderator: Questions, please.", "turn Audience member: Does it stay?", "turn Ida Roth: It stays.", "turn Moderator: Thank you."}},
		{"a whole quotation behind a label is a quotation", "Pier talk\nIda Roth: “The ferry stays.”\nTom Beck: “It sinks.”", []string{
			"quote Ida Roth: The ferry stays.", "quote Tom Beck: It sinks."}},
		{"an introduction is the article’s", "Pier talk\nTwo mayors met on a bench.\nIda Roth: The ferry stays.\nTom Beck: It sinks.", []string{
			"turn Ida Roth: The ferry stays.", "turn Tom Beck: It sinks."}},
		{"a headline with a colon is no turn", "Ferry: what next?\nIda Roth: The ferry stays.\nTom Beck: It sinks.", []string{
			"turn Ida Roth: The ferry stays.", "turn Tom Beck: It sinks."}},
		{"question and answer in full", "Interview with Ida Roth\nQuestion: Does the ferry stay?\nAnswer: I hope so.\nQuestion: And then?\nAnswer: I retire.", []string{
			"turn the interviewer: Does the ferry stay?", "turn Ida Roth: I hope so.", "turn the interviewer: And then?", "turn Ida Roth: I retire."}},
		{"no transcript: a recipe", "Plum cake\nFlour: 300 grams.\nButter: 200 grams.\nPlums: as many as fit.\nOven: hot.", nil},
		{"no transcript: a fact box", "Ferry\nBuilt: 1931.\nLength: 40 metres.\nCaptain: Ida Roth.\nOwner: Tom Beck.", nil},
		{"no transcript: a timetable", "Ferry\n08:15: Kiel.\n09:40: Leeds.\n11:05: Hull.", nil},
		{"no transcript: links", "Ferry\nhttps://example.org/a: see there.\nhttps://example.org/b: and there.", nil},
		{"no transcript: headings with a dash", "Ferry\nMonday — rain.\nTuesday — snow.\nWednesday — ice.", nil},
		{"labels on lines by themselves, before a question", "Doorstop at the pier\nJOURNALIST:\nIs it safe?\nMAYOR ROTH:\nIs what safe? I think it is.\nJOURNALIST:\n[Wind]\nMAYOR ROTH:\nPardon?", []string{
			"turn JOURNALIST: Is it safe?", "turn MAYOR ROTH: Is what safe? I think it is.", "turn MAYOR ROTH: Pardon?"}},
		{"a label on a line by itself that lacks its colon", "Doorstop at the pier\nBECK:\nIs it safe?\nTOWN CLERK:\nI think it is.\nBECK:\nWhy?\nTOWN CLERK\nIt stood for years.\nBECK:\nThank you.", []string{
			"turn BECK: Is it safe?", "turn TOWN CLERK: I think it is.", "turn BECK: Why?", "turn TOWN CLERK: It stood for years.", "turn BECK: Thank you."}},
		{"a line with the words of a label that has its turn beside it", "Tom Beck at the pier\nBECK: Is it safe?\nPRESIDENT: I think it is.\nBECK\nPRESIDENT: It stood for years.", []string{
			"turn Tom Beck: Is it safe?", "turn PRESIDENT: I think it is.", "turn PRESIDENT: It stood for years."}},
		{"initials of an office", "Radio Pier\nHOST: Harbour Secretary Ida Roth joins us. Secretary, is it safe?\nHS: It is.\nHOST: Is it old?\nHS: Yes.", []string{
			"turn HOST: Harbour Secretary Ida Roth joins us. Secretary, is it safe?", "turn HS: It is.", "turn HOST: Is it old?", "turn HS: Yes."}},
		{"initials of a title", "Radio Pier\nHOST: Prime Minister Ida Roth joins us. Prime Minister, is it safe?\nPM: It is.\nHOST: Is it old?\nPM: Yes.", []string{
			"turn HOST: Prime Minister Ida Roth joins us. Prime Minister, is it safe?", "turn Ida Roth: It is.", "turn HOST: Is it old?", "turn Ida Roth: Yes."}},
		{"initials of an office that two have", "Radio Pier\nHOST: Prime Minister Ida Roth met Prime Minister Tom Beck.\nPM: We met.\nHOST: Was it long?\nPM: It was.", []string{
			"turn HOST: Prime Minister Ida Roth met Prime Minister Tom Beck.", "turn PM: We met.", "turn HOST: Was it long?", "turn PM: It was."}},
		{"one who speaks of another with the same office", "Radio Pier\nHOST: Is it safe?\nPM: I asked Prime Minister Ida Roth.\nHOST: And?\nPM: It is.", []string{
			"turn HOST: Is it safe?", "turn PM: I asked Prime Minister Ida Roth.", "turn HOST: And?", "turn PM: It is."}},
		{"a long office in capital letters", "Press conference at the pier\nLEAGUE OF PIERS SECRETARY-GENERAL: I had a good meeting.\nMODERATOR: One question.\nJOURNALIST: Is it safe?\nLEAGUE OF PIERS SECRETARY-GENERAL: It is.", []string{
			"turn LEAGUE OF PIERS SECRETARY-GENERAL: I had a good meeting.", "turn MODERATOR: One question.", "turn JOURNALIST: Is it safe?", "turn LEAGUE OF PIERS SECRETARY-GENERAL: It is."}},
		{"no transcript: headings in capital letters", "The pier\nCLAIM: It is old.\nVERDICT: True.\nCLAIM: It is long.\nVERDICT: True.", nil},
		{"paragraphs without a label in a text of labels in capital letters", "Tom Beck at the pier\nMAYOR: I opened it.\nThe pier is long.\nIt is old.\nIs it safe? It is.\nOak lasts.\nTar helps.\n[Laughter]\nSalt does not.\nJOURNALIST: And the lamps?\nMAYOR: They burn.\nThank you.\nTom Beck lives in Leeds.", []string{
			"turn MAYOR: I opened it.", "turn MAYOR: The pier is long.", "turn MAYOR: It is old.", "turn MAYOR: Is it safe? It is.", "turn MAYOR: Oak lasts.", "turn MAYOR: Tar helps.", "turn MAYOR: Salt does not.",
			"turn JOURNALIST: And the lamps?", "turn MAYOR: They burn.", "turn MAYOR: Thank you."}},
		{"paragraphs of an article behind labels", "Tom Beck at the pier\nHost: Who built it?\nTom Beck: I did.\nHost: When?\nTom Beck: Long ago.\nThe pier is long.\nIt is old.", []string{
			"turn Host: Who built it?", "turn Tom Beck: I did.", "turn Host: When?", "turn Tom Beck: Long ago."}},
		{"no transcript: headings that the text has with small letters", "The pier\nInes Roth wrote to Tom Beck.\nGuess: We think it is long.\nCheck: I measured it.\nGuess: We think it is old.\nCheck: I asked.\nGuess: You may walk.\nA guess is no check.", nil},
		{"no transcript: headings of lists", "The pier\nHow long do you walk?\nExamples: I walk for an hour, or I swim.\nHow often do you swim?\nExamples: I swim daily.\nDo you row?\nExamples: I row.", nil},
		{"no transcript: who is given what", "The pier\nPAU: Ten lamps of oak.\nOAR: Two of steel.\nPAU: Tar for a year.\nPAU: Salt.", nil},
		{"an interview whose opening tells with whom somebody spoke", "Lamps on the pier\n3 May 2020\nIn 1987, Ida Roth lit the first lamp. She met Tom Beck there.\nI sat down with Ida to talk about lamps.\nWhy did you light it?\nI could not see my boat.\n“Light it,” they told me.\nWhat does your father say?\nHe likes what I do.\nAnd now?\nI will rest.", []string{
			"turn the interviewer: Why did you light it?", "turn Ida Roth: I could not see my boat.", "turn Ida Roth: “Light it,” they told me.", "turn the interviewer: What does your father say?", "turn Ida Roth: He likes what I do.", "turn the interviewer: And now?", "turn Ida Roth: I will rest."}},
		{"an interview whose headline names who is asked", "The pier: an interview with Ida Roth\nLeeds\nWhy did you light it?\nI could not see my boat.\nAnd now?\nI will rest.\nWhat will you miss?\nMy lamp.", []string{
			"turn the interviewer: Why did you light it?", "turn Ida Roth: I could not see my boat.", "turn the interviewer: And now?", "turn Ida Roth: I will rest.", "turn the interviewer: What will you miss?", "turn Ida Roth: My lamp."}},
		{"an answer that ends with a question", "Lamps on the pier\nLeeds\nWe caught up with Ida Roth.\nWhy did you light it?\nI could not see my boat. Could you?\nAnd now?\nI rest.\nWhat will you miss?\nMy lamp.", []string{
			"turn the interviewer: Why did you light it?", "turn Ida Roth: I could not see my boat. Could you?", "turn the interviewer: And now?", "turn Ida Roth: I rest.", "turn the interviewer: What will you miss?", "turn Ida Roth: My lamp."}},
		{"an interview of two", "Lamps on the pier\nLeeds\nWe caught up with Ida Roth and Tom Beck.\nWhy did you light it?\nI could not see my boat.\nAnd now?\nI rest.\nWhat will you miss?\nNothing.", nil},
		{"an office that a headline in capital letters names", "TRANSCRIPT OF THE PRIME MINISTER THE HON IDA ROTH MP DOORSTOP AT THE PIER\nJOURNALIST: Is it safe?\nPRIME MINISTER: It is.\nJOURNALIST: And the lamps?\nPRIME MINISTER: They burn.", []string{
			"turn JOURNALIST: Is it safe?", "turn Ida Roth: It is.", "turn JOURNALIST: And the lamps?", "turn Ida Roth: They burn."}},
		{"no transcript: chairs of several boards", "The boards\nPiers\nCHAIR: Roth\nLamps\nCHAIR: Beck\nOars\nCHAIR: Lund", nil},
		{"no transcript: a board and who sits on it", "The club\nChair: Ida Roth.\nSecretary: Tom Beck.\nTreasurer: Ada Lund, Leeds", nil},
		{"an office that speaks once", "Minutes\nCHAIR: The ferry stays.\nTREASURER: It sinks.\nSECRETARY: I noted it.\nCHAIR: Good.", []string{
			"turn CHAIR: The ferry stays.", "turn TREASURER: It sinks.", "turn SECRETARY: I noted it.", "turn CHAIR: Good."}},
		{"who answers with a name", "Quiz\nHost: Who built the ferry?\nIda Roth: Tom Beck.\nHost: Who sank it?\nIda Roth: Tom Beck.", []string{
			"turn Host: Who built the ferry?", "turn Ida Roth: Tom Beck.", "turn Host: Who sank it?", "turn Ida Roth: Tom Beck."}},
		{"bold questions without labels", "Meet Ida Roth\nIda Roth runs the ferry.\n**Why the ferry?**\nI like boats, and my father did.\n**What comes next?**\nI will paint it.\n**And then?**\nI will sail.", []string{
			"turn Ida Roth: I like boats, and my father did.", "turn Ida Roth: I will paint it.", "turn Ida Roth: I will sail."}},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.text, c.want...) })
	}
}

// TestShownLetters: whose a letter is that a text shows, and what stands around it.
func TestShownLetters(t *testing.T) {
	const release = "The pier\nInes Roth, who is the harbour master of Kiel, today wrote to the builders of the old pier.\nThe letter follows:\nDear builders:\nI closed the pier.\n"
	check(t, release+"Sincerely,\nInes Roth\nThe pier is old.", "own Ines Roth: Dear builders:", "own Ines Roth: I closed the pier.")
	check(t, release+"We are sorry.\nSincerely,\nThe masters of Kiel", "own the author?: Dear builders:", "own the author?: I closed the pier.", "own the author?: We are sorry.")
	check(t, release+"Contact: Tom Beck, 555-0100.", "own the author?: Dear builders:", "own the author?: I closed the pier.")
	if who := Read(release, paragraphsOf(release), "").Author; who != "" {
		t.Errorf("the letter's author is the text's: %q", who)
	}
}

// TestAuthors: texts that somebody writes or speaks in the first person.
func TestAuthors(t *testing.T) {
	for _, c := range []struct{ name, text, author string }{
		{"a column with a byline", "Why I row\nBy Ida Roth\nI row to work. My boat is old. I like it.", "Ida Roth"},
		{"a report with a byline", "Ferry sold\nBy Ida Roth\nThe ferry was sold. “I liked it,” Tom Beck said.", ""},
		{"a letter", "Dear neighbours,\nWe closed the pier. I am sorry.\nYours sincerely,\nIda Roth", "Ida Roth"},
		{"a letter signed with a dash", "To the editor\nI miss the ferry. It was good to us.\n— Ida Roth, Kiel", "Ida Roth"},
		{"remarks by", "Remarks by Mayor Ida Roth at the pier\nThank you. I am glad. We did it.", "Ida Roth"},
		{"remarks of", "Remarks of Ida Roth at the pier's opening\nThank you. I am glad. We did it.", "Ida Roth"},
		{"a transcript of an address, in capital letters", "TRANSCRIPT OF THE HARBOUR MINISTER THE HON ADA MCROTH MP ADDRESS TO WELCOME SAILORS, PIER 3\nThank you. I am glad. We did it.", "Ada McRoth"},
		{"an address by one with honours", "Address by the Prime Minister, the Hon. Dr Ida Roth AC\nThank you. I am glad. We did it.", "Ida Roth"},
		{"a speech of one with a title", "Speech of the Hon Ida Roth at the pier\nThank you. I am glad. We did it.", "Ida Roth"},
		{"a statement by a senator", "Statement by Sen. Ida Roth on the pier\nThank you. I am glad. We did it.", "Ida Roth"},
		{"an address to somebody", "Address to Mayor Ida Roth at the pier\nThank you. I am glad. We did it.", ""},
		{"a guest post", "Why I row\nThis is a guest post by Ida Roth, captain.\nI row to work. My boat is old. I like it.", "Ida Roth"},
		{"a name and a colon", "Ida Roth: Speech at the pier, 3 May 2020\nThank you. I am glad. We did it.", "Ida Roth"},
		{"a name in brackets", "The day I sank (Ida Roth, harbour master)\nI sank. My boat was old. I swam.", "Ida Roth"},
		{"nobody named", "My boat\nI row to work. My boat is old. I like it. I paint it. I wash it. I am happy.", TheAuthor},
		{"said to have delivered it", "The ferry\nMayor Ida Roth delivered remarks at the pier.\nThank you. I am glad. We did our work.", "Ida Roth"},
		{"a salutation", "Madam Speaker, the ferry is old.\nWe know it. Our boats leak, and I am sorry.", TheAuthor},
		{"fellow citizens", "Mayor Roth, Captain Beck, and my fellow citizens:\nWe meet on our pier. I am glad.", TheAuthor},
		{"an article", "The ferry\nIt was sold in May. Ida Roth bought it.", ""},
		{"a byline with a trade", "Why I row\nBy Ida Roth, harbour correspondent\nI row to work. My boat is old. I like it.", "Ida Roth"},
		{"a byline below a standfirst", "Why I row\nOn boats and mornings\nBy Ida Roth\nI row to work. My boat is old. I like it.", "Ida Roth"},
		{"a byline with a date", "Why I row\nBy Ida Roth on 3 May 2021\nI row to work. My boat is old. I like it.", "Ida Roth"},
		{"an opinion piece", "Opinion by Ida Roth\nI row to work. My boat is old. I like it.", "Ida Roth"},
		{"a byline in capital letters", "Why I row\nBY IDA ROTH\nI row to work. My boat is old. I like it.", "IDA ROTH"},
		{"a byline in capital letters of a name that stands below, too", "Why I row\nBY IDA ROTH\nI row to work. My boat is old. I like it.\nIda Roth lives in Kiel.", "Ida Roth"},
		{"a byline with a title of initials", "Why I row\nBy U.S. Senator Ida Roth\nI row to work. My boat is old. I like it.", "Ida Roth"},
		{"a byline with an accent", "Why I row\nBy Zoë Guérin-Öz\nI row to work. My boat is old. I like it.", "Zoë Guérin-Öz"},
		{"a letter with several closings", "Dear Tom,\nI closed the pier. It was my pier.\nWith best wishes and warm regards,\nIda Roth", "Ida Roth"},
		{"a letter signed with a trade", "Dear neighbours,\nI closed the pier. It was my pier.\nSincerely,\nIda Roth, harbour master", "Ida Roth"},
		{"a diary", "3 May. I rowed.\n4 May. I rowed again. My hands hurt.\n5 May. I did not row. I slept. I dreamt of my boat.", TheAuthor},
		{"an account in quotation marks is not the text’s", "The pier\n“I rowed. I like my boat. I paint it. I wash it,” Tom Beck said.\nThe pier is old.", ""},
		{"an article that says we once", "Ferry sold\nBy Ida Roth\nThe ferry was sold. We asked the owner why. He did not say.", ""},
		{"I in Roman figures", "King Otto I\nOtto I built the pier. Otto I sank. Otto I was old. His son was no Otto I.", ""},
		{"a eulogy", "Eulogy for Tom Beck, delivered by Ida Roth\nI knew Tom. He taught me to row. I miss him.", "Ida Roth"},
		{"a post on a blog signed at the end", "On rowing\nI row to work. My boat is old. I like it.\n– Ida Roth", "Ida Roth"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Read(c.text, paragraphsOf(c.text), "")
			if got.Author != c.author {
				t.Errorf("read\n%s\nauthor %q, want %q", c.text, got.Author, c.author)
			}
			own := 0
			for _, s := range got.Speeches {
				if s.Form == Authored {
					own++
				}
			}
			if (own > 0) != (c.author != "") {
				t.Errorf("read\n%s\n%d sentences are the author’s", c.text, own)
			}
		})
	}
}

// paragraphsOf cuts a text into lines without the white space around them.
func paragraphsOf(text string) []words.Span {
	var out []words.Span
	at := 0
	for line := range strings.Lines(text) {
		if trimmed := strings.TrimSpace(line); trimmed != "" {
			start := at + strings.Index(line, trimmed)
			out = append(out, words.Span{Start: start, End: start + len(trimmed)})
		}
		at += len(line)
	}
	return out
}
