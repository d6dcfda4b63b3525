package attribution

import (
	"strings"
	"testing"
)

// TestLabelsWithFullStops: hearings whose labels end with a full stop, and texts in which
// something else does.
func TestLabelsWithFullStops(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a chair, a witness, a senator", "Hearing on the pier\nThe CHAIR. The committee will come to order.\nMs. ROTH. My name is Ines Roth, and I am the builder. I am sorry. I used oak.\nSenator BECK. Who chose oak?\nMs. ROTH. I did. I like oak.", []string{
			"turn The CHAIR: The committee will come to order.",
			"turn Ines Roth: My name is Ines Roth, and I am the builder. I am sorry. I used oak.",
			"turn Senator BECK: Who chose oak?",
			"turn Ines Roth: I did. I like oak."}},
		{"names that the text does not tell in full", "Hearing on the pier\nThe CHAIRMAN. Please begin.\nMr. VAN DORN. I build piers.\nThe CHAIRMAN. Of oak?\nMr. VAN DORN. Of steel.", []string{
			"turn The CHAIRMAN: Please begin.", "turn VAN DORN: I build piers.", "turn The CHAIRMAN: Of oak?", "turn VAN DORN: Of steel."}},
		{"without capitals", "Hearing on the pier\nSenator Beck. Who chose oak?\nDr. Roth. Nobody.\nSenator Beck. Nobody at all?\nDr. Roth. It was there.", []string{
			"turn Senator Beck: Who chose oak?", "turn Dr. Roth: Nobody.", "turn Senator Beck: Nobody at all?", "turn Dr. Roth: It was there."}},
		{"a turn of several paragraphs", "Hearing on the pier\nThe CHAIR. Please begin.\nMr. ROTH. I build piers.\nWe use oak, because it lasts for a hundred years in salt water.\nThe CHAIR. Thank you.\nMr. ROTH. I thank you.", []string{
			"turn The CHAIR: Please begin.", "turn Mr. ROTH: I build piers.",
			"turn Mr. ROTH: We use oak, because it lasts for a hundred years in salt water.",
			"turn The CHAIR: Thank you.", "turn Mr. ROTH: I thank you."}},
		{"two trades in a lesson", "How to listen\nRead this.\nNurse: How are you?\nPatient: Well.\nNurse: Well?\nNotice that she repeats the word.", []string{"turn Nurse: How are you?", "turn Patient: Well.", "turn Nurse: Well?"}},
		{"an office that one holds", "The pier\nMayor Ines Roth met the press.\nTom Beck: Why oak?\nMayor: It lasts.\nTom Beck: How long?\nMayor: Ten years.", []string{
			"turn Tom Beck: Why oak?", "turn Ines Roth: It lasts.", "turn Tom Beck: How long?", "turn Ines Roth: Ten years."}},
		{"initials of two", "The pier\nInes Roth met Ida Roth and Tom Beck.\nIR: It lasts.\nTB: How long?\nIR: Ten years.\nTB: Good.", []string{
			"turn IR: It lasts.", "turn Tom Beck: How long?", "turn IR: Ten years.", "turn Tom Beck: Good."}},
		{"questions that one answers", "The pier\nQ: Why oak?\nA: I like it.\nQ: How long?\nA: Ten years.", []string{
			"turn the interviewer: Why oak?", "turn the interviewee: I like it.", "turn the interviewer: How long?", "turn the interviewee: Ten years."}},
		{"times behind names", "The pier\nInes Roth: [00:12] It lasts.\nTom Beck: [00:14] How long?\nInes Roth: [00:15] Ten years.", []string{
			"turn Ines Roth: It lasts.", "turn Tom Beck: How long?", "turn Ines Roth: Ten years."}},
		{"members and the chair", "Piers debated\nMr. Tom Beck (Leeds): Is it safe?\nSome hon. members: Oh!\nHon. Ines Roth (Minister of Piers): It is. Supplementary, Mr. Speaker.\nMr. Beck: Is it?\nThe Speaker: Order.", []string{
			"turn Tom Beck: Is it safe?", "turn Some hon. members: Oh!", "turn Ines Roth: It is. Supplementary, Mr. Speaker.", "turn Tom Beck: Is it?", "turn The Speaker: Order."}},
		{"questions and answers", "Deposition of Tom Beck\nQ. Where were you?\nA. On the pier. I fell.\nQ. Then what?\nMs. LUND: Objection.\nA. I swam.", []string{
			"turn the interviewer: Where were you?", "turn Tom Beck: On the pier. I fell.", "turn the interviewer: Then what?", "turn Ms. LUND: Objection.", "turn Tom Beck: I swam."}},
		{"the last name first", "Ruiz, Ana (External): We pay 30 euros.\nLee, Ann: Who pays?\nRuiz, Ana (External): I do. You know that.\nLee, Ann: Good.", []string{
			"turn Ana Ruiz: We pay 30 euros.", "turn Ann Lee: Who pays?", "turn Ana Ruiz: I do. You know that.", "turn Ann Lee: Good."}},
		{"accounts, devices and employers", "Ana Ruiz | Acme: We pay 30 euros.\nlee.a: Who pays?\nAna Ruiz | Acme: I do.\nTom's iPhone: When?\nlee.a: Today.\nTom's iPhone: Good.", []string{
			"turn Ana Ruiz: We pay 30 euros.", "turn lee.a: Who pays?", "turn Ana Ruiz: I do.", "turn Tom's iPhone: When?", "turn lee.a: Today.", "turn Tom's iPhone: Good."}},
		{"words of a list", "The pier\nInes Roth built it.\nlength: 40 metres\nwidth: 4 metres\nThe second pier\nlength: 30 metres\nwidth: 3 metres", nil},
		{"a letter that begins paragraphs", "The pier\nA. Roth built it.\nA. Beck did not.\nA. Lund fell off it.", nil},
		{"offices in capital letters", "Hearing on the pier\nMr. ROTH. I build piers.\nI yield the floor.\nThe PRESIDING OFFICER. The Senator is recognized.\nMs. BECK. Of oak?\nThe SPEAKER pro tempore. Order.\nMr. ROTH. Of steel.", []string{
			"turn Mr. ROTH: I build piers.", "turn Mr. ROTH: I yield the floor.", "turn The PRESIDING OFFICER: The Senator is recognized.", "turn Ms. BECK: Of oak?", "turn The SPEAKER pro tempore: Order.", "turn Mr. ROTH: Of steel."}},
		{"an office with its holder in brackets", "Piers debated\nInes Roth: Will the Minister act?\nThe Parliamentary Under-Secretary of State for Harbours, Piers and Lights (Tom Beck): No.\nInes Roth: Why not?\nTom Beck: It rained.", []string{
			"turn Ines Roth: Will the Minister act?", "turn Tom Beck: No.", "turn Ines Roth: Why not?", "turn Tom Beck: It rained."}},
		{"offices behind dashes", "Acme earnings call\nOperator: Good morning.\nInes Roth -- Chief Executive Officer: Thank you.\nTom Beck -- Reed & Sons -- Analyst: How much?\nInes Roth -- Chief Executive Officer: Ten.", []string{
			"turn Operator: Good morning.", "turn Ines Roth: Thank you.", "turn Tom Beck: How much?", "turn Ines Roth: Ten."}},
		{"an interview whose opening names who is asked", "The last pier\nInes Roth has built six piers. They met her at the last.\nWhy piers?\nI like them. I always did.\nWhy oak?\nMy father used it.\nWhat comes next?\nI will rest, I hope.\nInes Roth, 62, lives in Leeds.", []string{
			"turn Ines Roth: I like them. I always did.", "turn Ines Roth: My father used it.", "turn Ines Roth: I will rest, I hope."}},
		{"questions about a thing", "The Long Oar Prize\nThe Long Oar Prize is for builders.\nWho may apply?\nI would say anybody, and I mean it.\nHow much is it?\nMy guess is ten.\nWhat then?\nI do not know.", nil},
		{"headings that come once", "The pier\nMETHODS. We measured the pier.\nRESULTS. It is long.\nThe END. It is old.", nil},
		{"a name that begins one paragraph", "The pier\nMr. Roth. That was his name in the village.\nHe built the pier of oak.\nIt still stands.", nil},
		{"one who introduces himself is not the author of all", "Evening at the pier\nMr. BECK: My name is Tom Beck. I am the builder. I like oak. I do.\nThe pier was built of oak.", nil},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.text, c.want...) })
	}
}

// TestReportsAreNobodysOwn: a byline and a paragraph in the first person make no text its
// author's, and a column by the same author stays one.
func TestReportsAreNobodysOwn(t *testing.T) {
	for _, c := range []struct{ name, text, known, author string }{
		{"one account set off", "The pier opens\nBy Ines Roth\nThe pier opened on Monday.\nI took my son there, and I wept.\nIt is long.\nIt closes at nine.", "", ""},
		{"an account of two paragraphs", "The pier opens\nBy Ines Roth\nThe pier opened on Monday.\nI took my son there, and I wept.\nWe went home.\nIt is long.\nIt closes at nine.\nIt is made of oak.\nIt costs nothing.", "", ""},
		{"words in quotation marks", "The pier opens\nBy Ines Roth\nThe pier opened on Monday.\n“I took my son there, and I wept, and my wife did,” said Tom Beck.\nIt is long.", "", ""},
		{"a column", "Why I love the pier\nBy Ines Roth\nI walk there.\nIt is long, and I am old.\nMy son comes along.", "", "Ines Roth"},
		{"a column whose author is known beside it", "Why I love the pier\nI walk there.\nIt is long, and I am old.\nMy son comes along.", "Ines Roth", "Ines Roth"},
		{"a speech with its speaker below the headline", "Remarks at the new pier\nMayor Ines Roth, Leeds, 12 May 2018\nGood morning, everyone. We made it.\nI thank you, and my mother does.\nI said it would stand.", "", "Ines Roth"},
		{"an appeal in the plural", "The future of piers\nWe must build piers. We owe it to our children.\nOur fathers built them for us. I saw it.\nWe can do it, and we will.\nOur sea is our road, and we love it.\nI ask for our help and for ours alone.", "", "the author"},
		{"an essay of one and of several", "On piers\nI like piers. We all do.\nI built one for us when I was young, and we used it.\nWe walked there, and I fell.\nI swam. We laughed. I still do.", "", "the author"},
		{"a statement of several", "On piers\nWe like piers.\nWe built one.\nOur pier is long.\nWe walk there.\nWe swim.", "", ""},
		{"words by", "Why I love the pier\nWords by Ines Roth\nI walk there.\nIt is long, and I am old.\nMy son comes along.", "", "Ines Roth"},
		{"by two", "Why I love the pier\nBy Ines Roth and Tom Beck\nI walk there.\nIt is long, and I am old.\nMy son comes along.", "", ""},
		{"one who says a name", "Why I love the pier\nMy name is Ines Roth.\nI walk there.\nIt is long, and I am old.", "", "Ines Roth"},
		{"an author of one name beside the text", "On piers\nI like piers. I built one. I fell.\nI swam. I laughed. I still do.", "Acme", "Acme"},
		{"an empty line of marks", "***\nI like piers. I built one. I fell.\n***\nI swam. I laughed. I still do.", "", "the author"},
		{"questions that readers ask", "The pier: what people ask\nHow do I get there?\nBy bus, which we pay for.\nMay I bring my dog?\nYes, on a lead.\nCan I swim?\nNo. I do not think so.\nMay I fish with my rod?\nYes.\nWhere do I eat?\nAt the hut.", "", ""},
		{"a report with my in a quotation only", "The pier opens\nBy Ines Roth\n“My son came along, and I wept, and I laughed,” said Tom Beck.\nIt is long.\nIt closes at nine.", "", ""},
		{"a review with an aside of its writer", "A film on piers\nBy Ines Roth\nThe film is long.\nI slept.\nIts hero is a pier.\nIts music is loud.\nThe end is wet.", "", ""},
		{"a transcript has no author", "Why I love the pier\nBy Ines Roth\nInes Roth: I like it. I do.\nTom Beck: I do not. I never did.", "", ""},
		{"a byline at the end of the text", "Why I love the pier\nI walk there.\nIt is long, and I am old.\nMy son comes along.\nBy Ines Roth", "", "Ines Roth"},
		{"a byline that is a body’s", "Why we love the pier\nBy the Harbour Board\nWe walk there.\nIt is long, and we are many.\nOur children come along.", "", ""},
		{"known beside it, and a byline of another", "Why I love the pier\nBy Ines Roth\nI walk there.\nIt is long, and I am old.\nMy son comes along.", "Tom Beck", "Ines Roth"},
		{"known beside it, and no word of its own", "The pier opens\nThe pier opened on Monday.\nIt is long.", "Ines Roth", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Read(c.text, paragraphsOf(c.text), c.known).Author; got != c.author {
				t.Errorf("author %q, want %q", got, c.author)
			}
		})
	}
}

// TestNearerThanAName: a pronoun stands for whoever was spoken of last, also without a name.
func TestNearerThanAName(t *testing.T) {
	const old = "“It was old and far too long,” "
	for _, c := range []struct{ name, text, speaker string }{
		{"kin after two names", "I know the pilots, Ines and Rosa. My aunt lives far away. She never flew. She said, “It was old and far too long.”", "my aunt"},
		{"kin, in the next paragraph", "I know the pilot, Rosa, and like her.\nMy sister has a boat. " + old + "she said.", "my sister"},
		{"an office", "Mr. Beck lives at the pier. The rector is against it. He said, “It was old and far too long.”", "the rector"},
		{"an office after someone who spoke", "Tom Beck said the pier was loud. The captain left. " + old + "he said.", "the captain"},
		{"an office that a name has", "Ines Roth, the mayor, met Tom Beck. The mayor was late. " + old + "she said.", "Ines Roth"},
		{"kin of the other gender", "Tom Beck closed the pier. His wife lives far away. " + old + "he said.", "Tom Beck"},
		{"an office with a name in the same sentence", "The captain saw Rosa Lind. " + old + "she said.", "she?"},
		{"a thing is nobody", "Ines Roth closed the pier. The road is long. " + old + "she said.", "Ines Roth"},
		{"a body is nobody", "Ines Roth closed the pier. The union is less pleased. " + old + "she said.", "Ines Roth"},
		{"several are nobody", "Ines Roth closed the pier. The pilots are less pleased. " + old + "she said.", "Ines Roth"},
		{"somebody’s thing", "Ines Roth closed the pier. The captain’s boat is old. " + old + "she said.", "Ines Roth"},
		{"kin that did what no ending tells", "Ines Roth closed the pier. My own mother mislaid nothing. “A pier for all, and all for a pier,” she used to say.", "my own mother"},
		{"somebody who was there", "Ines Roth closed the pier. There was a woman who never sat down. “I fell off the pier once,” she told us.", "a woman"},
		{"somebody behind a clause", "Ines Roth closed the pier. When it rained, an old sailor stopped there. “I fell off the pier once,” he said.", "an old sailor"},
		{"two of them", "When it rained, an old sailor stopped, because a pilot waved. “I fell off the pier once,” he said.", "he?"},
		{"somebody in a clause about a name", "Ines Roth, who as a young woman built piers, is ill. “I fell off the pier once,” she said.", "Ines Roth"},
		{"one whose name is told", "The man at the pier was called Dennis. “I fell off the pier once,” he said.", "Dennis"},
		{"one whose name is told by itself", "The waitress had a hat. Her name is Gulnora. “I fell off the pier once,” she said.", "Gulnora"},
		{"one who is named by another", "There sat a pilot named Bakhtiyor, who slept. “I fell off the pier once,” he said.", "Bakhtiyor"},
		{"one with her own hands", "Gulnora clicked her tongue. “I fell off the pier once,” she said.", "Gulnora"},
		{"a wife with his name", "Wade Lund has a pier. His wife, Lorna, has none. “I fell off the pier once,” said Mrs. Lund.", "Lorna"},
		{"a namesake", "Wade Lund has a pier. “I fell off the pier once,” said Mrs. Lund.", "Mrs. Lund"},
		{"a former office of one who is named", "Ines Roth spoke. Roth, a former farmer herself, was wet. “I fell off the pier once,” she said.", "Ines Roth"},
		{"what one is and is called", "Rosa Lind met Tom Beck. Our customer success captain, Jonas Roth, sat at the pier. “I fell off the pier once,” he says.", "Jonas Roth"},
		{"a trade with an age", "Rosa Lind was at the pier. “I fell off the pier once,” the 44-year-old librarian said.", "Rosa Lind"},
		{"another body than the one with the word", "The pier agency, PAU, is old. The Sea Fund gave bread. “We fell off the pier once,” the agency said.", "the agency"},
		{"somebody who spoke without a name", "Ines Roth closed the pier. A waitress said it was late. " + old + "she added.", "a waitress"},
		{"an owner’s officer in a clause", "Ines Roth closed the pier. When it rained, the union’s treasurer came. “I fell off the pier once,” he said.", "the union’s treasurer"},
		{"a holder who is told behind the office", "The mayor is Rosa Lind. Tom Beck drove her home. “I fell off the pier once,” she said.", "Rosa Lind"},
		{"a captain who is something else", "Rosa Lind left. The captain is a quiet man. “I fell off the pier once,” he said.", "the captain"},
		{"a stranger in a question", "Who was the sailor? “I fell off the pier once,” he said.", "he?"},
		{"one of several", "Two sailors sat there. One of them waved. “I fell off the pier once,” he said.", "he?"},
		{"someone who is only spoken to", "Tom Beck called Rosa Lind. “I fell off the pier once,” he said.", "Tom Beck"},
		{"a name in a title of a work", "Tom Beck wrote a book, “The Life of Otto Lund.” “I fell off the pier once,” he said.", "Tom Beck"},
		{"a name in brackets", "Tom Beck (with Otto Lund) built it. “I fell off the pier once,” he said.", "he?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			for _, s := range Read(c.text, paragraphsOf(c.text), "").Speeches {
				if s.Form == Quotation {
					got = s.Speaker
					if s.Unsure {
						got += "?"
					}
				}
			}
			if got != c.speaker {
				t.Errorf("read\n%s\ngot %q, want %q", c.text, got, c.speaker)
			}
		})
	}
}

// TestOnlySpeaker: the only one who is quoted by name is nobody of the other gender.
func TestOnlySpeaker(t *testing.T) {
	check(t, "The pier\nIda Lund met Ada Hale at the pier. “They never asked me,” she said.\n“I would never close it,” said Tom Beck. “Not today, and not tomorrow.”",
		"quote she?: They never asked me,", "quote Tom Beck: I would never close it,", "quote Tom Beck: Not today, and not tomorrow.")
}

// TestIssued: who makes a statement whose words follow.
func TestIssued(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"in the paragraph below", "The pier\nThe harbour master, Ines Roth, today made the following statement on the pier.\n“It is closed.”", []string{"quote Ines Roth: It is closed."}},
		{"after one that tells what it is about", "The pier\nInes Roth issued the following statement.\nThe pier of Kiel is old.\n“It is closed.”", []string{"quote Ines Roth: It is closed."}},
		{"before somebody else and a colon", "The pier\nInes Roth released the following remarks. Tom Beck is the builder:\n“It is closed.”", []string{"quote Ines Roth: It is closed."}},
		{"delivered by one, with a title", "The pier\nHere is a part of a speech delivered by U.S. Harbour Master Ines Roth (Kiel) today on the pier:\n“It is closed.”", []string{"quote Ines Roth: It is closed."}},
		{"by several without names", "The pier\nAfter the Pier Act, the ministers released the following statement:\n“It is closed.”", []string{"quote the ministers: It is closed."}},
		{"somebody else in between", "The pier\nInes Roth made the following statement.\n“It is closed,” said Tom Beck.", []string{"quote Tom Beck: It is closed,"}},
		{"in the same paragraph", "The pier\nInes Roth made the following statement on the pier of Tom Beck. “It is closed.”", []string{"quote Ines Roth: It is closed."}},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.text, c.want...) })
	}
}

// TestOnePersonOneName: a trade before a name makes no second person, and the names of firms
// stay whole.
func TestOnePersonOneName(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a trade that no list has", "The pier\nPiermaker Ines Roth has built six piers. She met Tom Beck.\nTom Beck: Why oak?\nInes Roth: It lasts.\nBeck: How long?\nRoth: A hundred years.", []string{
			"turn Tom Beck: Why oak?", "turn Ines Roth: It lasts.", "turn Tom Beck: How long?", "turn Ines Roth: A hundred years."}},
		{"a surname of two people as a label", "The pier\nInes Roth: It lasts.\nTom Beck: How long?\nAda Roth: Ten years.\nRoth: A hundred years.", []string{
			"turn Ines Roth: It lasts.", "turn Tom Beck: How long?", "turn Ada Roth: Ten years.", "turn Roth: A hundred years."}},
		{"two names of a firm", "The firm Hale & Reed said that the pier is old.", []string{"report Hale & Reed: The firm Hale & Reed said that the pier is old."}},
		{"a firm and sons", "Hale & Sons said, “We will mend the pier.”", []string{"quote Hale & Sons: We will mend the pier."}},
		{"as a paper had it", "Ines Roth would not say “the pier is unsafe”, as the paper had claimed.", []string{"part the paper: the pier is unsafe"}},
		{"a title before two surnames", "The pier\nSenators Roth and Beck met Senator Ines Roth’s builder, and Senator Tom Beck.\n“It lasts,” said Roth.", []string{"quote Ines Roth: It lasts,"}},
		{"a surname of two, with the title of one", "The pier\nSen. Ines Roth met Wade Roth, and Ada Roth.\n“It lasts,” Senator Roth said.", []string{"quote Ines Roth: It lasts,"}},
		{"a surname in a headline of capital letters", "SEN. ROTH CLOSES THE OLD PIER\nThe pier is closed.\n“It was old,” Roth said.", []string{"quote Roth: It was old,"}},
		{"what belongs to an office is not its holder", "The pier\nThe President’s Pier Plan is old. The President said that it was late.", []string{"report the President: The President said that it was late."}},
		{"nobody", "Nobody’s grandfather asked for a pier. No sailor said that it was old.", nil},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.text, c.want...) })
	}
}

// TestQuotedInTurns: whom a turn quotes.
func TestQuotedInTurns(t *testing.T) {
	for _, c := range []struct {
		name, turn string
		want       string
	}{
		{"a name", "My teacher, Bo Lind, used to say, “Oak is slow steel.” I agree.", "Bo Lind: Oak is slow steel."},
		{"kin", "My aunt said, “Oak is slow steel.” I agree.", "my aunt: Oak is slow steel."},
		{"the speaker", "I said, “Oak is slow steel.” I still do.", ""},
		{"nobody", "“Oak is slow steel.” That is a saying.", ""},
		{"a word", "Bo Lind called it “slow steel”.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := "The pier\nTom Beck: Why oak?\nInes Roth: " + c.turn + "\nTom Beck: Who was that?"
			var got []string
			for _, q := range Read(text, paragraphsOf(text), "").Quoted {
				got = append(got, q.Speaker+": "+text[q.Words.Start:q.Words.End])
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestFullName: what can stand by itself below a title as its author.
func TestFullName(t *testing.T) {
	for text, want := range map[string]bool{
		"Ines Roth": true, "Anna van der Berg": true, "Peter J. Lund": true, "Mary-Ann O’Neil": true,
		"Roth": false, "The Pier": false, "Anna Lives Here Now Again": false, "Anna lives": false, "Anna Roth.": false, "Maria Island": false,
	} {
		if got := FullName(text); got != want {
			t.Errorf("FullName(%q) = %v", text, got)
		}
	}
}

// TestNoNames: feasts and the words of a list of questions are nobody.
func TestNoNames(t *testing.T) {
	check(t, "The list\nMaud Berg saw the list last Christmas and said, “Burn it.”", "quote Maud Berg: Burn it.")
	check(t, "Night Ferry: Frequently Asked Questions\nMay I bring a dog?\nYes. We have a room for dogs, and I sweep it.\nMay I bring a cat?\nNo. We are sorry, and I am too.")
}

// TestTitleNamesSpeaker: what a title names as the speaker of what stands below it is a person's name.
func TestTitleNamesSpeaker(t *testing.T) {
	own := "\nGood morning everyone. I want to tell you where we stand.\nI am sorry for all who are ill, and I thank you.\n"
	for title, want := range map[string]string{
		"Harbour fever (HF-12) update: Minister Isla Moray's speech 3 May 2031": "Isla Moray",
		"HF-12: Minister Isla Moray's speech":                                   "Isla Moray",
		"Harbour fever (Isla Moray, 3 May 2031)":                                "Isla Moray",
		"Remarks by Minister Isla Moray on Harbour-9":                           "Isla Moray",
	} {
		text := title + own
		if got := Read(text, paragraphsOf(text), "").Author; got != want {
			t.Errorf("%q is of %q, want %q", title, got, want)
		}
	}
}

// TestPersonBeforeNamesake: one word means the person of that name, and no law or institute that is
// named after several; a role means no deputy.
func TestPersonBeforeNamesake(t *testing.T) {
	text := "Moray speech in support of the Moray and Lind Institute\nMinister Isla Moray spoke. She praised the Moray and Lind Institute. Vice President Bo Tarn was there.\n"
	r := Read(text, paragraphsOf(text), "")
	for name, want := range map[string]string{"Minister Moray": "Isla Moray", "moray": "Isla Moray", "the president": "", "the vice president": "Bo Tarn"} {
		if got, _ := r.Who(name); got != want {
			t.Errorf("Who(%q) = %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]bool{"Isla Moray": true, "Bo Tarn": true, "Moray": false, "": false} {
		if got := r.IsPerson(name); got != want {
			t.Errorf("IsPerson(%q) = %v", name, got)
		}
	}
}

// TestBlockAfterAside: "as NAME writes" in a sentence that ends with a colon credits what follows it.
func TestBlockAfterAside(t *testing.T) {
	for text, want := range map[string]string{
		"On piers\nOne thing is sure, as Ada Roth points out in her blog: everybody hopes for the best:\nI hope that the pier stands and that all come home.\n": "Ada Roth",
		"On piers\nAda Roth points out one thing, and everybody hopes for the following weather:\nIt is to rain and to snow.\n":                                 "",
	} {
		got := ""
		for _, s := range Read(text, paragraphsOf(text), "").Speeches {
			if s.Form == Turn {
				got = s.Speaker
			}
		}
		if got != want {
			t.Errorf("%q is credited to %q, want %q", text, got, want)
		}
	}
}
