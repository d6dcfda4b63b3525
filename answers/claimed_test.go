package answers

import (
	"strings"
	"testing"
	"testing/fstest"
)

// claimedIn are invented texts in which whoever is named has a role, another spelling or speaks for a
// body.
var claimedIn = map[string]string{
	"launch": `Madam Chair, Councillor Okafor, Vice President Lind, and my fellow islanders:
I stand here because you asked me to, and I mean to stay until the ferry sails again.
Some of the candidates left early. I do not blame them, for my speech is long and my voice is not.
The harbour is not the enemy of our island; the harbour is our island.
I will not sell it, and I will not rest while others try to.
My mother mended nets here, and so shall I when my term is over.
`,
	"update": `Harbour fever (HF-12) update: First Minister Isla Moray's speech 3 May 2031
Good morning everyone. I want to tell you where we stand with harbour fever.
I can confirm that 41 people are ill, and I am sorry to say that two have died.
Some of these rules are of a kind that I never thought I would propose.
I ask you once more to stay away from the quays, and I thank you for doing so.
`,
	"reader": `Interview with Lampbook founder Finn McAllen
The Lampbook site has a hundred recordings.
Wavenews: Why did you begin with lighthouses?
Finn Mc Allen: A keeper has time to read aloud, so we asked the keepers.
Wavenews: And who records the books now?
Finn Mc Allen: Anybody who has a quiet room. There's a baker who is our best voice and he's the one who reads Melville.
`,
	"tribute": `Senator Ruth Calloway: remarks on the death of Edda Pryce
I rise to honour Edda Pryce, who kept the night school open for forty years.
In 1961 Edda Pryce went to a meeting of the dockers. She later said that there she "found the courage to teach whoever came through the door."
Her patience shaped this town, and I owe her my first job.
The dean of the college, Tom Reyes, spoke with Edda Pryce often. He wondered whether the school would last without her.
I will miss her, and so will all of us.
`,
	"floor": `Senator Calloway on the death of Edda Pryce
Sen. Ruth Calloway made the following floor statement today:
"Madam President, I rise to honour Edda Pryce, who kept the night school open for forty years.
In 1961 Edda Pryce went to a meeting of the dockers. She later said that it was there that she "found the courage to teach whoever came through the door."
Her patience shaped this town, and I owe her my first job.
I will miss her, and so will all of us."
`,
	"handbook": `Interviews
Everybody who wants to work at Brindle meets three of us.
We tell them about Brindle and what we pay before they come, because Brindle does not haggle.
The Brindle team writes down what it heard. We use no tools but a pencil.
It takes long, and this part of the process should be hard!
We never ask what somebody earned at Corvid Ltd or anywhere else.
`,
	"order": `AN ORDER ON THE OPENING HOURS OF THE TOWN ARCHIVE
EXECUTIVE ORDER BY THE MAYOR
No. 4-2031
WHEREAS, the memory of a town belongs to those who live in it; and
WHEREAS, the clerk has asked for longer hours;
The archive shall be open on six days of the week.
`,
	"painter": `Senna Vale paints with salt
Senna Vale lives in a mill. She sells her pictures to hotels.
She is keen to stress that salt keeps longer than oil, though Senna Vale has seen some of her pictures crumble.
Hotels pay well, a rare example of artists who live from their work.
`,
	"agency": `Audit of the ferry fares
Auditors of the National Ferry Office (NFO) met twice in May.
According to NFO, the machines save about 2 million crowns each year for other offices.
The auditors did not check the figure.
`,
}

// TestWhoIsClaimed: a role that the source gives nobody else, other spellings of a name, whoever speaks
// for a body, and words that somebody says a third person said.
func TestWhoIsClaimed(t *testing.T) {
	engines := map[string]*Engine{}
	for name, text := range claimedIn {
		engines[name] = engineOn(t, fstest.MapFS{name + "/article.txt": {Data: []byte(text)}})
	}
	for _, tt := range []struct {
		article, text string
		finding       Finding
		lead          string
	}{
		{"launch", "did the new president say “the harbour is not the enemy of our island”?", Exact, ""},
		{"launch", "lol did the candidate really go “the harbour is our island”", Exact, ""},
		{"launch", "“I will not sell it” – that was Councillor Okafor, no?", Misattributed, ""}, // who is greeted
		{"launch", "did the harbour guards say “I will not sell it”?", Misattributed, ""},       // nor are several "I"
		{"launch", "did the vice president say “I will not sell it”?", Misattributed, ""},
		{"update", "moray: “I never thought I would propose”", Exact, "Isla Moray"},
		{"update", "FM said “Some of these rules are of a kind that I never thought I would propose”", Exact, "Isla Moray"},
		{"update", "did the first minister say “two have died”?", Exact, "Isla Moray"},
		{"reader", "McAllen said “A keeper has time to read aloud”, yeah?", Exact, "Mc Allen"},
		{"reader", "did Finn Mc Allen say “A keeper has time to read aloud”?", Exact, "Mc Allen"},
		{"reader", "McAllen: “Why did you begin with lighthouses?”", Misattributed, "Wavenews"},
		{"reader", "Wavenews's “A keeper has time to read aloud” that was them?", Misattributed, "Mc Allen"},
		{"reader", "“There's a baker who is our best voice” – was that Wavenews?", Misattributed, "Mc Allen"},
		{"tribute", "Senator Calloway, floor speech: “Her patience shaped this town”", Exact, "Calloway"},
		{"tribute", "Pryce: “found the courage to teach whoever came through the door” – hers?", Exact, "Edda Pryce"},
		{"floor", "Pryce: “found the courage to teach whoever came through the door” – hers?", Exact, "between quotation marks"},
		{"floor", "did Pryce say “Her patience shaped this town”?", Misattributed, "Calloway"},
		{"tribute", "Pryce: “Her patience shaped this town”", Misattributed, "Calloway"},
		{"tribute", "did Reyes say “the school would last without her”?", Reported, "Reyes"},
		{"handbook", "“this part of the process should be hard!” lol brindle really wrote that?", Exact, ""},
		{"handbook", "does Brindle put it this way: ‘We use no tools but a pencil’", Exact, ""},
		{"handbook", "did Corvid say “this part of the process should be hard!”?", Misattributed, ""},
		{"order", "the mayor: “the memory of a town belongs to those who live in it”, he wrote that?", Exact, ""},
		{"order", "the clerk: “the memory of a town belongs to those who live in it”", Misattributed, ""},
		{"painter", "did Vale say “salt keeps longer than oil”?", Reported, ""},
		{"painter", "Vale calling herself “a rare example of artists who live from their work”", Misattributed, ""},
		{"agency", "did the National Ferry Office say “the machines save about 2 million crowns each year”?", Reported, "NFO"},
	} {
		a := engines[tt.article].Ask(Question{Text: tt.text})
		if a.Kind != Verdict || a.Finding != tt.finding || !strings.Contains(a.Lead, tt.lead) {
			t.Errorf("%s: %q: %s %s %q %q, want %s %q", tt.article, tt.text, a.Kind, a.Finding, a.Lead, allText(a), tt.finding, tt.lead)
		}
		verbatim(t, a)
	}
}

// TestTellerUnnamed: who does or says something in the article's own words is found by a "by" alone.
func TestTellerUnnamed(t *testing.T) {
	e := engineOn(t, fstest.MapFS{"a/article.txt": {Data: []byte("A town\nThe place was known as Saltwick by the monks, who built its first quay.\n")}})
	if a := e.Ask(Question{Text: "which people called the place Saltwick?"}); a.Finding == Absent || !strings.Contains(allText(a), "monks") {
		t.Errorf("%s %s %q", a.Kind, a.Finding, allText(a))
	}
}

// TestSpelledOut: the short form of an office is read where the source has the long one.
func TestSpelledOut(t *testing.T) {
	c := engineOn(t, fstest.MapFS{"a/article.txt": {Data: []byte("The Secretary General met First Minister Isla Moray. Peter Mills is no office, nor is the prime minister written so.\n")}})
	s := c.corpus.Sources()[0]
	for short, want := range map[string]string{"fm": "first minister", "secgen": "secretary general", "sg": "secretary general", "pm": "", "minister": "", "im": ""} {
		if got := strings.Join(spelledOut(short, s), " "); got != want {
			t.Errorf("%s is %q, want %q", short, got, want)
		}
	}
}
