package attribution

import "testing"

// TestOffices: whoever is named behind an office, a place or a body speaks, and no part of these.
func TestOffices(t *testing.T) {
	const sold = "We sold the ferry,"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"what an office is for", "“We sold the ferry,” said the Minister of Transport Ines Roth.", []string{"quote Ines Roth: " + sold}},
		{"an office of a country", "Danish Secretary of State Ines Roth told the Kiel Mail “we sold the ferry last week”.", []string{"part Ines Roth: we sold the ferry last week"}},
		{"a given name that no list has", "Minister for Foreign Affairs Oyelaran Tsebi said the ferry was sold.", []string{"report Oyelaran Tsebi: Minister for Foreign Affairs Oyelaran Tsebi said the ferry was sold."}},
		{"two things that an office is for", "“We sold the ferry,” State Secretary for Trade and Transport Ines Roth said.", []string{"quote Ines Roth: " + sold}},
		{"small words behind a place", "East of Kiel harbour fiscal Tom Beck said the ferry was sold.", []string{"report Tom Beck: East of Kiel harbour fiscal Tom Beck said the ferry was sold."}},
		{"small words behind a body", "“We sold the ferry,” warned Lifeboat Western Region duty officer Tom Beck.", []string{"quote Tom Beck: " + sold}},
		{"an office with a hyphen", "The ferry was sold, according to Danish vice-premier Ines Roth.", []string{"report Ines Roth: The ferry was sold, according to Danish vice-premier Ines Roth."}},
		{"an aside that no comma closes", "Ines Roth, a pilot at the Port of Kiel told the Kiel Mail: “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"an office as such an aside", "In answer to that, Ines Roth, Executive Director of the Society of Pilots said, “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"a clause as such an aside", "Ines Roth, who keeps old maps for the Kiel Mail said, “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"who is not the last name before it", "The Mail spoke to Ines Roth, a pilot from Baltic Sea University, who said “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"nor the last of two", "That is the view of Ines Roth, a friend of both Beck and Tom Hale, who said “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"an office without a comma", "The pier will close, with Ines Roth chief executive of Kiel Ferries saying that the ferry was “an old bathtub”.", []string{"part Ines Roth: an old bathtub"}},
		{"the last of two clauses", "The mayor, Tom Beck, closed the pier, while Ines Roth, head of the pilots, promised “a ferry for everybody by May”.", []string{"part Ines Roth: a ferry for everybody by May"}},
		{"a body's officer", "The U.S. navy's chief in Kiel has criticized the pilots, saying they are “asleep”.", []string{"part the U.S. navy's chief in Kiel: asleep"}},
		{"a body of a place", "“We sold the ferry,” said the office of the Kiel Harbour Board in a letter to everybody.", []string{"quote the office of the Kiel Harbour Board: " + sold}},
		{"saying behind an object", "On Monday Ines Roth, who is the port's first woman pilot, addressed the pilots saying, “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"one who is shown asking", "The picture shows an old man asking, “Who sold the ferry?”", []string{"quote an old man: Who sold the ferry?"}},
		{"what another is said to have done", "Roth denied that Tom Beck threatened to sell the ferry, but kept the letter that would “ruin the port and its pilots”.", []string{"part Roth: ruin the port and its pilots"}},
		{"meanwhile", "Meanwhile, Kiel Ferries, the port's oldest company, stated that the ferry was sold.", []string{"report Kiel Ferries: Meanwhile, Kiel Ferries, the port's oldest company, stated that the ferry was sold."}},
		{"a statement that is issued", "Ines Roth released a statement on the ferry. She said “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"and quoted", "Minister of the Sea Ines Roth issued a statement: “We sold the ferry. It was old.”", []string{"quote Ines Roth: We sold the ferry. It was old."}},
		{"an initial at the end of a name", "For example, Ines R. complained about the old ferry.", []string{"report Ines R.: For example, Ines R. complained about the old ferry."}},
		{"lines with a dash below each quotation", "What pilots say\n“We sold the ferry.”\n– Ines Roth, Associate Director for Piers and Pilots and Boats, Institute of Harbours, State Department of Transport and Sea\n“It was old.”\n– Tom Beck, Director, Kiel", []string{"quote Ines Roth: We sold the ferry.", "quote Tom Beck: It was old."}},
		{"a friend's name is no office", "Beck sails with her friend Ines Roth and “The Old Bathtub”.", nil},
		{"the last of two bodies", "Both the Ocean Board and the Harbour Board have said the ferry was sold.", []string{"report Ocean Board and Harbour Board: Both the Ocean Board and the Harbour Board have said the ferry was sold."}},
		{"three surnames", "Ines Roth, Ada Lund and Tom Beck met. Roth, Lund and Beck said the ferry was sold.", []string{"report Ines Roth, Ada Lund and Tom Beck: Roth, Lund and Beck said the ferry was sold."}},
		{"a senator of a state", "Sens. Ines Roth of Holstein and Tom Beck met. “We sold the ferry,” Roth said.", []string{"quote Ines Roth: " + sold}},
		{"a name with a particle in small letters", "The mayor is Omar al-Khatib. “We sold the ferry,” al-Khatib said.", []string{"quote Omar al-Khatib: " + sold}},
		{"a body in brackets", "In its Pier Inspection (PIER) Week, the Ocean Board (OB) called for “a ferry for everybody”.", []string{"part Ocean Board: a ferry for everybody"}},
		{"who is warned between commas", "Ines Roth, the leader of the pilots of Kiel, warned Denmark of rain.", []string{"report Ines Roth: Ines Roth, the leader of the pilots of Kiel, warned Denmark of rain."}},
		{"a magazine before a name", "According to PIER magazine, the singer Ines Roth sold the ferry.", []string{"report PIER magazine: According to PIER magazine, the singer Ines Roth sold the ferry."}},
		{"an office before whose it is", "In May, the old Catholic Bishop, Bishop Tom Beck, described the ferry as an “old bathtub”.", []string{"part Tom Beck: old bathtub"}},
		{"another's house", "Tom Beck left Omar Hale’s house, and he said “the ferry is an old bathtub”.", []string{"part Tom Beck: the ferry is an old bathtub"}},
		{"a warning that is read", "“Boats should come back,” read a warning by the Ocean Board.", []string{"quote Ocean Board: Boats should come back,"}},
		{"an aside with a bracket", "Ines Roth, leader of the Pilots (P) of Kiel said, “We sold the ferry.”", []string{"quote Ines Roth: We sold the ferry."}},
		{"whose sister that is", "The sister of Mayor Ines Roth said the ferry was sold.", []string{"report the sister of Mayor Ines Roth: The sister of Mayor Ines Roth said the ferry was sold."}},
		{"a neighbour between commas", "Ines Roth, a neighbour said, sold the ferry.", []string{"report a neighbour: Ines Roth, a neighbour said, sold the ferry."}},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.text, c.want...) })
	}
}

// TestPartsOfNames: whoever was named in full is meant by a part of the name.
func TestPartsOfNames(t *testing.T) {
	const sold = "We sold the ferry,"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"without a particle", "Prime Minister Omar al-Khatib spoke. “We sold the ferry,” Khatib said.", []string{"quote Omar al-Khatib: " + sold}},
		{"the family name first", "Justice Minister Kim Kyung Han spoke. “We sold the ferry,” Kim said.", []string{"quote Kim Kyung Han: " + sold}},
		{"a name in the middle", "President Ines Lula da Roth spoke. “We sold the ferry,” Lula said.", []string{"quote Ines Lula da Roth: " + sold}},
		{"a given name that is a place", "Carolina Roth spoke. “We sold the ferry,” Roth said.", []string{"quote Carolina Roth: " + sold}},
		{"behind a verb that begins a sentence", "Sen. Ines Roth spoke. Joining Roth in Kiel is Tom Beck. “We sold the ferry,” Roth said.", []string{"quote Ines Roth: " + sold}},
		{"a country is no part of a name", "The Danish Pilots met. Denmark has said the ferry was sold.", []string{"report Denmark: Denmark has said the ferry was sold."}},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.text, c.want...) })
	}
}

// TestSetOff: what a line below it signs, and labels of any name that answer those of a transcript.
func TestSetOff(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a handle behind a dash", "Old ferries\nWe asked pilots.\nAn old ferry is like an old friend to me and mine.\n— @ines_roth, “On Ferries”\nSo they say.", []string{"turn @ines_roth: An old ferry is like an old friend to me and mine."}},
		{"a name behind a dash", "Old ferries\nPilots were asked.\nAn old ferry is like an old friend and cannot be sold.\n— Ines Roth, pilot\nSo they say.", []string{"turn Ines Roth: An old ferry is like an old friend and cannot be sold."}},
		{"a list with dashes", "Old ferries\nHere is who came to see them on the first day.\n- Ines Roth, pilot\n- Tom Beck, pilot", nil},
		{"labels that no list has", "Old ferries\nKiel Mail: What was it like?\nPilot of Kiel 1: Just sad.\nKiel Mail: And then?\nPilot of Kiel 1: It sank, and I swam.\nPilot of Kiel 2: I did not.\nKiel Mail: Why?\nPilot of Kiel 2: I had a boat.", []string{
			"turn Kiel Mail: What was it like?", "turn Pilot of Kiel 1: Just sad.", "turn Kiel Mail: And then?", "turn Pilot of Kiel 1: It sank, and I swam.",
			"turn Pilot of Kiel 2: I did not.", "turn Kiel Mail: Why?", "turn Pilot of Kiel 2: I had a boat."}},
		{"a form", "Old ferries\nSail date: Leave blank\nSail price: Leave blank if you are not sure\nSail date: See above", nil},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.text, c.want...) })
	}
}

// TestSayings: nouns and other words that report, and such as only look like it.
func TestSayings(t *testing.T) {
	for _, c := range []struct {
		text, speaker string // no speaker: no report
	}{
		{"Roth’s claim that the ferry was old angered the pilots.", "Roth"},
		{"Ines Roth sold the ferry. Her view is that it was old.", "Ines Roth"},
		{"The pilots like the claim that the ferry was old.", ""},
		{"The pilot’s claim that the ferry was old angered the port.", "the pilot"},
		{"The mayor denied her lawyer’s claim that the ferry was old.", "the mayor"},
		{"The port rejected Roth’s claim that the ferry was old.", ""},
		{"Ines Roth issued an apology for the old ferry.", "Ines Roth"},
		{"The board gave a stern warning about the ferry.", "the board"},
		{"The board gave a party on the ferry.", ""},
		{"The council heard from Ines Roth that the ferry was sold.", "Ines Roth"},
		{"The pier closes for a week, as recommended by Ines Roth.", "Ines Roth"},
		{"The pier closes for a week, as defined by the port.", ""},
		{"The board, a body of nine, has warned rain was coming.", "the board"},
		{"Ines Roth asserted this was the last ferry.", "Ines Roth"},
		{"Liberal Pilots claim they sold the ferry.", "Liberal Pilots"},
		{"Roth et al. suggest the ferry was old.", "Roth"},
		{"The ferry was highly praised by the Kiel critic Ines Roth.", "Ines Roth"},
		{"The ferry for Kiel and other northern ports announced by the mayor is old.", ""},
		{"Ines Roth has been told the ferry was sold.", ""},
		{"Reports suggest the ferry was sold.", ""},
		{"As one would expect, the ferry was old.", ""},
		{"Ines Roth made it clear that the ferry was sold.", "Ines Roth"},
		{"Ines Roth nevertheless said the ferry was sold.", "Ines Roth"},
		{"Tom Beck declared the ferry was sold.", "Tom Beck"},
		{"Ines Roth, a captain, confirmed the end of the ferry would come in May.", "Ines Roth"},
		{"Ines Roth confirmed reports of a ferry.", ""},
		{"The port denied Roth a visa for Denmark.", ""},
		{"Ines Roth denied corruption at the port.", "Ines Roth"},
		{"Beck conceded a goal which the captain allowed.", ""},
		{"So far no pilot has claimed that the ferry was sold.", ""},
		{"Danish mayor criticized over the ferry.", ""},
		{"There are many reasons why the ferry was sold.", ""},
		{"Ines Roth reports from Kiel.", ""},
		{"Having said that, the ferry is old.", ""},
		{"Even people who are making claims may not see that the ferry is old.", ""},
		{"The captain expects another storm.", ""},
		{"The captain expects that it will rain.", "the captain"},
	} {
		got := ""
		for _, s := range Read(c.text, paragraphsOf(c.text), "").Speeches {
			got = s.Speaker
		}
		if got != c.speaker {
			t.Errorf("%s\nis reported of %q, want %q", c.text, got, c.speaker)
		}
	}
}
