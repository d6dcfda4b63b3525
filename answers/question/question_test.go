package question

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct {
		text  string
		kind  Kind
		thing string // or the number
	}{
		// Content.
		{"what did the mayor say about the bridge?", Content, ""},
		{"when does it open", Content, ""},
		{"the price of a ticket", Content, ""},
		{"and why?", Content, ""},
		{"Is it free or paid?", Content, ""},
		{"do they say how much it costs?", Content, ""},
		{"tell me about the roof", Content, ""},
		{"which trains were bought", Content, ""},
		{"hwo many trains were bought", Content, ""},
		{"at what time do they close", Content, ""},
		{"what does he mean by “open”?", Content, ""},
		{"why is it called “the jungle”?", Content, ""},
		{"would “but I found it online” save me in court?", Content, ""},
		{"how often is the map refreshed?", Content, ""},
		{"how do I report a colleague?", Content, ""},
		{"title of his first opera?", Content, ""},
		{"can you give an example", Content, ""},
		{"reason he gives for leaving?", Content, ""},
		{"who runs the depot?", Content, ""},
		// Claims.
		{"did he promise anything?", Claim, ""},
		{"so she opposes the plan?", Claim, ""},
		{"the ferry leaves twice a day, yes?", Claim, ""},
		{"two of the keepers resigned over how they were paid", Claim, ""},
		{"people who rent pay nothing?", Claim, ""},
		{"he can't remember why he left, is that so?", Claim, ""},
		{"nobody knew where the old mill stood", Claim, ""},
		{"the mill grinds only rye", Claim, ""},
		{"repairs cost more than the tower itself?", Claim, ""},
		{"when the dam broke the lower town was empty, correct?", Claim, ""},
		{"and the old one, when did it close", Content, ""},
		{"opening hours of the mill", Content, ""},
		{"for the repairs, how much did they pay", Content, ""},
		{"reasons the keepers gave for leaving", Content, ""},
		{"total cost of the two new ferries", Content, ""},
		{"I lost my ticket for the ferry", Content, ""},
		{"my card has run out", Content, ""},
		{"my ticket is good for a year?", Claim, ""},
		{"their plans for the old harbour wall", Content, ""},
		{"hwo often does the ferry run", Content, ""},
		{"so the depot closes in summer?", Claim, ""},
		{"did he say that apples are evil?", Claim, ""},
		{"the roof cannot be repaired, right?", Claim, ""},
		{"Is it true that nobody asked the drivers", Claim, ""},
		{"they've sold the boats, haven't they?", Claim, ""},
		{"he claims to have warned them", Claim, ""},
		{"was the depot open when the war began?", Claim, ""},
		// Words held up against the source.
		{"did Jo say “the roof leaks in winter”?", Quotation, ""},
		{"“the roof leaks in winter”", Quotation, ""},
		{"“the roof leaks", Quotation, ""},
		{"'the roof leaks in winter' – is this right?", Quotation, ""},
		{"does the article use the word “jungle”?", Quotation, ""},
		{"what a line: “the roof leaks in winter”", Quotation, ""},
		{"is this Jo? “the roof leaks in winter”", Quotation, ""},
		// Who.
		{"who said “the roof leaks”?", Who, ""},
		{"who calls it “a jungle”?", Who, ""},
		{"whose words are these: “the roof leaks”", Who, ""},
		{"who thinks that the roof leaks?", Who, ""},
		{"who warned about the roof", Who, ""},
		{"which of them mentions the roof", Who, ""},
		{"is it Hart or Okoro who says the roof leaks?", Who, ""},
		// What any source can be asked.
		{"what is this about?", Summary, ""},
		{"What does the article say?", Summary, ""},
		{"tl;dr", Summary, ""},
		{"give me the key points please", Summary, ""},
		{"can you summarise it", Summary, ""},
		{"who wrote this?", Author, ""},
		{"who is the author", Author, ""},
		{"when was it published?", Published, ""},
		{"where was the article published", Publisher, ""},
		{"what's the source?", Publisher, ""},
		{"what is the headline", Headline, ""},
		{"who is quoted?", Voices, ""},
		{"who does it quote", Voices, ""},
		{"show all quotes", Quotes, ""},
		{"quotes by Jo Hart", Quotes, "jo hart"},
		{"everything Hart said", Quotes, "hart"},
		{"what else did she say?", Quotes, "she"},
		{"what does Ms Vance say?", Quotes, "ms vance"},
		{"how many quotes are there", CountQuotes, ""},
		{"how many people does it quote?", CountVoices, ""},
		{"how many words does it have", CountWords, ""},
		{"how long is the article?", CountWords, ""},
		{"show me paragraph 3", Paragraph, "3"},
		{"the third paragraph please", Paragraph, "3"},
		{"what does the last paragraph say?", Paragraph, "-1"},
		{"first sentence", Sentence, "1"},
		{"read the opening", Beginning, ""},
		{"how does it end?", End, ""},
		{"what comes after that?", Next, ""},
		{"go on", Next, ""},
		{"read me more", Next, ""},
		{"what came before that", Previous, ""},
		{"find antitrust", Find, "antitrust"},
		{"does it mention Linux?", Find, "linux"},
		{"is Apple mentioned anywhere?", Find, "apple"},
		{"how often is Meta mentioned", Find, "meta"},
		// What a bot is asked.
		{"are you an AI?", Identity, ""},
		{"who are you", Identity, ""},
		{"do you store what I type?", Privacy, ""},
		{"is this private?", Privacy, ""},
		{"what do you do with my data?", Privacy, ""},
		{"what happens to what i type?", Privacy, ""},
		{"do you send my questions to openai", Privacy, ""},
		{"how do I add you to my server?", Install, ""},
		{"can I ask about my own article?", Own, ""},
		{"that's wrong", Wrong, ""},
		{"how do I report a wrong answer?", Wrong, ""},
		{"shut up", Hush, ""},
		{"hi", Greeting, ""},
		{"good morning!", Greeting, ""},
		{"thanks a lot", Thanks, ""},
		{"bye bot", Bye, ""},
		{"good bot", Praise, ""},
		{"you are useless", Insult, ""},
		{"help", Help, ""},
		{"what can I ask you?", Help, ""},
		// The same in fewer words, with errors, politely and rudely.
		{"give me a tl;dr", Summary, ""},
		{"what is the text about in short", Summary, ""},
		{"can you tell me what this is about?", Summary, ""},
		{"what's in the article", Summary, ""},
		{"explain it like i'm five", Summary, ""},
		{"by whom?", Author, ""},
		{"tell me who wrote it", Author, ""},
		{"who's behind this article", Author, ""},
		{"is there a byline", Author, ""},
		{"what year is this from", Published, ""},
		{"is this article new", Published, ""},
		{"last updated?", Published, ""},
		{"where did you get this", Publisher, ""},
		{"can you send me the link", Publisher, ""},
		{"name of the article", Headline, ""},
		{"is anybody quoted in it", Voices, ""},
		{"list everyone who's quoted", Voices, ""},
		{"who did the reporter talk to", Voices, ""},
		{"number of quotes", CountQuotes, ""},
		{"how many sources are quoted", CountVoices, ""},
		{"word count?", CountWords, ""},
		{"paragraph count", CountParagraphs, ""},
		{"§3", Paragraph, "3"},
		{"p3", Paragraph, "3"},
		{"the 2nd para", Paragraph, "2"},
		{"what does it say in the third paragraph", Paragraph, "3"},
		{"the very last line", Sentence, "-1"},
		{"read me the article", Beginning, ""},
		{"what's at the end", End, ""},
		{"and after that?", Next, ""},
		{"what does it say next", Next, ""},
		{"more please", More, ""},
		{"tell me more", More, ""},
		{"the sentence before that", Previous, ""},
		{"find word harbour", Find, "harbour"},
		{"find “harbour”", Find, "harbour"},
		{"search for the harbour", Find, "harbour"},
		{"how often do they say harbour", Find, "harbour"},
		{"which paragraphs mention harbour", Find, "harbour"},
		{"show every sentence with the word harbour", Find, "harbour"},
		{"does the word harbour appear", Find, "harbour"},
		{"mentions of the harbour", Find, "harbour"},
		{"list everything that Jo Hart said", Quotes, "jo hart"},
		{"all of Hart's quotes", Quotes, "hart"},
		{"show me what Hart said", Quotes, "hart"},
		{"what did Hart have to say", Quotes, "hart"},
		{"Hart said what?", Quotes, "hart"},
		{"every quote by the mayor of Rome", Quotes, "the mayor of rome"},
		{"compare Hart and Okoro", Compare, "hart and okoro"},
		{"difference between what Hart and Okoro say", Compare, "hart and okoro"},
		{"do Hart and Okoro agree?", Compare, "hart and okoro"},
		{"Hart vs Okoro", Compare, "hart versus okoro"},
		{"which articles do you have", Sources, ""},
		{"how do I switch articles", Sources, ""},
		{"is this a bot?", Identity, ""},
		{"am i talking to a human", Identity, ""},
		{"which model do you use", Identity, ""},
		{"who can see this?", Privacy, ""},
		{"how long do you store data", Privacy, ""},
		{"forget everything", Privacy, ""},
		{"how to add you to our chat", Install, ""},
		{"can you join our channel", Install, ""},
		{"can i upload a pdf", Own, ""},
		{"add my article", Own, ""},
		{"no, that's wrong", Wrong, ""},
		{"this doesn't answer my question", Wrong, ""},
		{"where can I report a mistake", Wrong, ""},
		{"could you be quiet please", Hush, ""},
		{"shhh", Hush, ""},
		{"heyy", Greeting, ""},
		{"how's it going", Greeting, ""},
		{"thanks that's helpful", Thanks, ""},
		{"no thanks", Thanks, ""},
		{"ttyl", Bye, ""},
		{"wow", Praise, ""},
		{"you idiot", Insult, ""},
		{"i need help", Help, ""},
		{"which questions can i ask", Help, ""},
		// In a clause, shouted, with marks of chat, and numbers of all kinds.
		{"do you know who wrote it?", Author, ""},
		{"CAN YOU TELL ME WHAT IT IS ABOUT???", Summary, ""},
		{"**who is quoted?** 🙏", Voices, ""},
		{"ok so what’s the headline pls", Headline, ""},
		{"any idea when it was published", Published, ""},
		{"paragraph twelve", Paragraph, "12"},
		{"the penultimate paragraph", Paragraph, "-2"},
		{"the second to last paragraph", Paragraph, "-2"},
		{"¶ 7", Paragraph, "7"},
		{"read the 22nd paragraph", Paragraph, "22"},
		{"the final sentence please", Sentence, "-1"},
		{"line 4", Sentence, "4"},
		{"paragraph 0", Content, ""},
		{"paragraph 99999999999999999999", Content, ""},
		{"does it mention Señora Ibáñez?", Find, "señora ibáñez"},
		{"where does the word sluice appear", Find, "sluice"},
		{"what did Ngozi say?", Quotes, "ngozi"},
		{"quotes from Frau Özil", Quotes, "frau özil"},
		{"Okoro versus Hart", Compare, "okoro versus hart"},
		// What only looks like one of these.
		{"do you keep my passport scan", Content, ""},
		{"how many people speak the african one?", Content, ""},
		{"find out who paid", Content, ""},
		{"find the name of the boat", Content, ""},
		{"did the president show up", Claim, ""},
		{"find where it was sold", Content, ""},
		{"what did they say about the sluice", Content, ""},
		{"who wrote the letter to the council that started it all", Content, ""},
		{"how long is the tunnel", Content, ""},
		{"when was the bridge published", Content, ""},
		{"thanks to whom was the pier saved", Content, ""},
		{"help for the flooded farms", Content, ""},
		{"who has the say on the budget", Content, ""},
		{"who is the man who said that the dam leaks", Who, ""},
		{"was it Hart who warned of the flood?", Claim, ""},
		{"hi, did the pier close?", Claim, ""},
		{"by when must they leave", Content, ""},
		{"🙂", Content, ""},
		{"?!", Content, ""},
		{"\xff\xfe", Content, ""},
		{"who made it", Content, ""},
		{"what did most of them say?", Content, ""},
		{"his last words?", Content, ""},
		{"", Content, ""},
	} {
		q := Read(tt.text)
		thing := q.Thing
		if q.Number != 0 {
			thing = strconv.Itoa(q.Number)
		}
		if q.Kind != tt.kind || thing != tt.thing {
			t.Errorf("Read(%q) = %q %q, want %q %q", tt.text, q.Kind, thing, tt.kind, tt.thing)
		}
	}
}

func TestQuoted(t *testing.T) {
	for _, tt := range []struct{ text, runs, rest string }{
		{"did he say “a b c”?", "a b c", "did he say  ?"},
		{`"a" and "b c"`, "a|b c", "and"},
		{"«a b» „c d“ ‘e f’", "a b|c d|e f", ""},
		{"'it's mine' he said", "it's mine", "he said"},
		{"the drivers' room isn't 'open'", "open", "the drivers' room isn't"},
		{"“never closed", "never closed", ""},
		{"“never closed – Jo Hart", "never closed", ""},
		{"« Le pont est fermé », dit-elle", " Le pont est fermé ", ", dit-elle"},
		{"“the 'old' pier”", "the 'old' pier", ""},
		{"5'6\" tall, it's 'big'", " tall, it's 'big'", "5'6"},
		{"the sailors' and miners' unions", "", "the sailors' and miners' unions"},
		{"“a b” ... “c d”?", "a b|c d", "...  ?"},
		{"nothing", "", "nothing"},
		{"“” and “ ”", "", "“” and"},
	} {
		runs, rest := Quoted(tt.text)
		if got := strings.Join(runs, "|"); got != tt.runs || rest != tt.rest && !strings.Contains(tt.text, "–") {
			t.Errorf("Quoted(%q) = %q %q, want %q %q", tt.text, got, rest, tt.runs, tt.rest)
		}
	}
}

func TestPasted(t *testing.T) {
	for text, want := range map[string]string{
		"The roof leaks in winter.":                        "The roof leaks in winter",
		"Jo Hart: the roof leaks in winter":                "the roof leaks in winter",
		"did you see that Jo said the roof leaks in May?":  "the roof leaks in May",
		"> The roof leaks in winter\n– Jo Hart":            "The roof leaks in winter",
		"he said the roof leaks in winter, is that right?": "the roof leaks in winter",
		"jo hart - the roof leaks in winter":               "the roof leaks in winter",
		"Jo: The roof leaks in winter. her words?":         "The roof leaks in winter",
		"The roof leaks in winter. that's hart isn't it":   "The roof leaks in winter",
		"> The roof leaks in winter.\nsaw it on a slide":   "The roof leaks in winter",
		"seen today. The roof leaks in winter. in print?":  "The roof leaks in winter. in print",
		"The roof leaks in winter. got it by mail. real?":  "The roof leaks in winter",
	} {
		if got := Read(text).Pasted; !slices.Contains(got, want) {
			t.Errorf("Read(%q) may hold %q, want %q", text, got, want)
		}
	}
	if got := Read("what did he say about the roof").Pasted; got != nil {
		t.Errorf("a question may hold %q", got)
	}
}

func TestSaid(t *testing.T) {
	for text, want := range map[string]string{
		"did Jo say it never began?":          "it never began",
		"did Jo say that it never began, no?": "it never began",
		"Jo said it never began":              "",
		"did Jo say so?":                      "",
		"did Jo say “it never began”?":        "",
	} {
		if got := Read(text).Said; got != want {
			t.Errorf("what is said in %q is %q, want %q", text, got, want)
		}
	}
}

func TestTold(t *testing.T) {
	for _, tt := range []struct{ text, told string }{
		{"who says it is open?", "it is open"},
		{"Who brings up the rent in Leeds?", "the rent in Leeds"},
		{"which of them thinks that the harbour will close?", "the harbour will close"},
		{"and which mayor points out that nobody was hurt", "nobody was hurt"},
		{"who wants to know if he feels let down?", "know if he feels let down"},
		{"who said so?", ""},
		{"who does he say is right about it?", ""},
		{"what did Hart say about the bridge?", ""},
		{"who wrote the report on ferries?", ""},
		{"who runs the depot at night?", ""},
		{"did Hart say it is open?", ""},
		{"who said “it is open”?", ""},
	} {
		if got := Read(tt.text).Told; got != tt.told {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.told)
		}
	}
}

func TestSayer(t *testing.T) {
	for text, want := range map[string]string{
		"did Jo say it never began?":                                       "Jo",
		"Hart claimed the roof leaked":                                     "Hart",
		"Ms Óláfsdóttir said: “a b c”":                                     "Ms Óláfsdóttir",
		"“a b c” ~ Meg":                                                    "Meg",
		"Hart and Okoro said “a b c”":                                      "Hart and Okoro",
		"Meg — “a b c”":                                                    "Meg",
		"“a b c” – Will?":                                                  "Will",
		"Hart, the ranger: “a b c”":                                        "Hart",
		"Hart opened with “a b c”":                                         "Hart",
		"did Hart use the words “a b c”":                                   "Hart",
		"“a b c” – that's Hart, isn't it?":                                 "Hart",
		"“a b c” as Hart put it":                                           "Hart",
		"the captain’s words: “a b c”":                                     "the captain",
		"on the page: “a b c”":                                             "",
		"the roof leaked":                                                  "",
		"Hart: “a b c”":                                                    "Hart",
		"“a b c” – Jo Hart":                                                "Jo Hart",
		"“a b c,” said Hart":                                               "Hart",
		"“a b c,” Hart said, “d e f”":                                      "Hart",
		"“a b c” by jo hart right?":                                        "jo hart",
		"did Hart really write “a b c”?":                                   "Hart",
		"was it Bennett who said “a b c”":                                  "Bennett",
		"so Hart himself says “a b c”":                                     "Hart",
		"I read that Hart told them “a b c”":                               "Hart",
		"does the article quote Brown as saying “a b c”":                   "Brown",
		"the report says Key called it “a b c”":                            "Key",
		"my cousin swears it says “a b c”":                                 "it",
		"“a b c” does the fact sheet say this":                             "the fact sheet",
		"trump's exact words “a b c”??":                                    "trump",
		"Burrows' exact words: “a b c”":                                    "Burrows",
		"quote from Meg herself: “a b c”?":                                 "Meg",
		"“a b c” - a quote by the deputy minister himself?":                "the deputy minister",
		"is “a b c” a direct quote from Hart":                              "Hart",
		"GM dealers are on record saying “a b c”, spoken at the hearing?":  "GM dealers",
		"The consulate in London says “a b c” right??":                     "The consulate in London",
		"Ford's guy only said “a b c”":                                     "Ford's guy",
		"my manager told me 'a b c' – it's a manager who says that, right": "my manager",
		"“a b c” – his words?":                                             "his",
		"“a b c” – right?":                                                 "",
		"is this Paul Reyes? “a b c”":                                      "Paul Reyes",
		"“a b c” are those her spoken words":                               "her",
		"my doctor is quoted there saying “a b c”":                         "my doctor",
		"“a b c” is that sentence really in there":                         "",
		"is it true that “a b c”?":                                         "",
		"according to the mayor, “a b c”":                                  "the mayor",
		"lol Meg Hart's “a b c” that was her?":                             "Meg Hart",
		"“a b c” (Hart, 2012)":                                             "Hart",
		"the author of that piece: “a b c” she wrote so?":                  "the author of that piece",
		"rev. Christopher said “a b c” – spoken by him?":                   "rev. Christopher",
	} {
		got := ""
		if all := Read(text).Sayers; len(all) > 0 {
			got = all[0]
		}
		if got != want {
			t.Errorf("the sayer of %q is %q, want %q", text, got, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"wovon handelt der Artikel?":                       "de",
		"Wer hat gesagt, dass das Dach undicht ist?":       "de",
		"de quoi parle cet article ?":                      "fr",
		"¿De qué trata el artículo?":                       "es",
		"sobre o que é este artigo?":                       "pt",
		"di cosa parla questo articolo?":                   "it",
		"waar gaat dit artikel over?":                      "nl",
		"o czym jest ten artykuł?":                         "pl",
		"bu makale ne hakkında?":                           "tr",
		"この記事は何についてですか":                                    "ja",
		"这篇文章讲的是什么":                                        "zh",
		"عن ماذا يتحدث المقال؟":                            "ar",
		"यह लेख किस बारे में है?":                          "hi",
		"о чём эта статья?":                                "ru",
		"Wie viele Menschen wurden verletzt?":              "de",
		"wer?":                                             "de",
		"Zusammenfassung bitte":                            "de",
		"pourquoi ?":                                       "fr",
		"es-tu une IA ?":                                   "fr",
		"quién lo dijo":                                    "es",
		"hazme un resumen":                                 "es",
		"por quê?":                                         "pt",
		"quantas pessoas ficaram feridas":                  "pt",
		"fammi un riassunto":                               "it",
		"perché?":                                          "it",
		"hoeveel kost een kaartje":                         "nl",
		"waarom":                                           "nl",
		"dlaczego?":                                        "pl",
		"ile kosztuje bilet":                               "pl",
		"bu nedir":                                         "tr",
		"makaleyi özetle":                                  "tr",
		"이 기사는 무엇에 관한 것인가요?":                               "ko",
		"Hart 씨는 뭐라고 했나요?":                                 "ko",
		"кто такой Hart?":                                  "ru",
		"WARUM WURDE DAS DACH NICHT REPARIERT?":            "de",
		"¿cuántas personas viven allí?":                    "es",
		"«Le pont» : qui l’a dit et pourquoi ?":            "fr",
		"quem disse isso?":                                 "pt",
		"chi ha scritto questo articolo?":                  "it",
		"who is the painter Владимир?":                     "",
		"what did the Süddeutsche Zeitung say":             "",
		"is 東京 the capital?":                               "",
		"did she say «pourquoi pas» or «warum nicht»?":     "",
		"los angeles":                                      "",
		"12 345 !?":                                        "",
		"Hart说了什么":                                         "zh",
		"what's Le Monde":                                  "",
		"“a line of hers”, her comment?":                   "",
		"so comment?":                                      "",
		"on me dit comment?":                               "fr",
		"the Universidad Nacional de La Plata":             "",
		"is war over":                                      "",
		"was war inevitable?":                              "",
		"die in war":                                       "",
		"was chomsky jailed over vietnam":                  "",
		"I leave after ten months, do I keep any options?": "",
		"who founded Petróleos de Venezuela":               "",
		"what does pourquoi mean?":                         "",
		"chi?":                                             "",
		"what is it about":                                 "",
		"who is die Zeit?":                                 "",
		"windows":                                          "",
		"vive la différence":                               "",
		"did Müller say “Das ist der Artikel, den ich nicht las”?": "",
		"Tokyo 東京?": "",
		"in de Gaulle's speech, what was said on the war in Algeria": "",
		"la la land": "",
		"":           "",
	} {
		code, reply := Language(text)
		if code != want || (code == "") != (reply == "") || code != "" && strings.Count(reply, "%s") != 1 {
			t.Errorf("Language(%q) = %q %q, want %q", text, code, reply, want)
		}
	}
}

// The time to read a text grows with its length and no more.
func BenchmarkReadLong(b *testing.B) {
	for _, text := range []string{strings.Repeat("word ", 20_000), strings.Repeat("a", 100_000), strings.Repeat("“a” ", 20_000), strings.Repeat("' ", 50_000),
		"did he say “a b c” " + strings.Repeat("Hart's ", 20_000), strings.Repeat("said by ", 20_000) + ": “a b c”"} {
		b.Run(text[:min(len(text), 12)], func(b *testing.B) {
			for b.Loop() {
				Read(text)
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		Read("what did Zuckerberg say about Windows?")
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "“", "did he say “a b c", "\xff“\xfe”", ": : :", "show me paragraph 99999999999999999999", "> \n– "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := Read(text)
		for _, run := range slices.Concat(q.Quoted, q.Pasted) {
			if utf8.ValidString(text) && !strings.Contains(text, run) {
				t.Errorf("%q is no part of %q", run, text)
			}
		}
	})
}

// What a question says of itself, beside its kind.
func TestReadMarks(t *testing.T) {
	for _, tt := range []struct {
		text                     string
		yesOrNo, ofText, credits bool
		checks                   bool // words are held up against the source
	}{
		{"did Hart say “the pier is shut for good”?", true, false, true, true},
		{"does the article say “the pier is shut”?", true, true, true, true},
		{"who said “the pier is shut”?", false, false, true, true},
		{"“the pier is shut”", false, false, false, true},
		{"why is it called “the jungle”?", false, false, true, false},
		{"is the pier shut", true, false, false, false},
		{"please, is the pier shut", true, false, false, false},
		{"the leaflet says that it shut", false, true, true, false},
		{"who believes that the pier is shut", false, false, true, false},
		{"when does it open", false, false, false, false},
		{"", false, false, false, false},
	} {
		q := Read(tt.text)
		if q.YesOrNo != tt.yesOrNo || q.OfText != tt.ofText || q.Credits != tt.credits || q.ChecksQuotation() != tt.checks {
			t.Errorf("Read(%q): yes or no %v, of the text %v, credits %v, checks %v; want %v", tt.text, q.YesOrNo, q.OfText, q.Credits, q.ChecksQuotation(), tt)
		}
		if q.Text != tt.text {
			t.Errorf("Read(%q) has the text %q", tt.text, q.Text)
		}
	}
}

// Of a statement what it says is left, not what asks for a yes.
func TestStated(t *testing.T) {
	for text, want := range map[string]string{
		"the pier closed in May, right?":         "the pier closed in may",
		"so the pier closed, correct, yeah?":     "the pier closed",
		"the pier is closed, isn't it?":          "the pier is closed",
		"they've sold the boats, haven’t they??": "they've sold the boats",
		"she didn't pay, did she":                "she did not pay did she",
		"is not it":                              "is not it",
		"right":                                  "right",
		"no, right":                              "no right",
		"":                                       "",
	} {
		if got := strings.Join(Stated(text), " "); got != want {
			t.Errorf("Stated(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestAround(t *testing.T) {
	for _, tt := range []struct{ text, part, rest, sayer string }{
		{"Hart said the pier is shut for good, is that right?", "the pier is shut for good", "Hart said  , is that right?", "Hart"},
		{"the pier is shut for good - Meg Hart", "the pier is shut for good", "  - Meg Hart", "Meg Hart"},
		{"the pier is shut for good", "the pier is shut for good", " ", ""},
		{"the pier is shut", "no part of it", "the pier is shut ", ""},
		{"showing the United States the pier is shut for good", "the pier is shut for good", "showing the United States  ", ""},
	} {
		q, sayer := Read(tt.text).Around(tt.part), ""
		if len(q.Sayers) > 0 {
			sayer = q.Sayers[0]
		}
		if q.Rest != tt.rest || sayer != tt.sayer || q.Text != tt.text {
			t.Errorf("%q around %q is %q by %q, want %q by %q", tt.text, tt.part, q.Rest, sayer, tt.rest, tt.sayer)
		}
	}
}

// A hostile text names nobody past a bound.
func TestSayersBounded(t *testing.T) {
	for _, text := range []string{strings.Repeat("Hart said, ", 400) + "“a b c”", strings.Repeat("“a b c” said Hart, ", 400), strings.Repeat("é", 499) + "ü Hart said “a b c”" + strings.Repeat("ß", 600)} {
		got := Read(text).Sayers
		if len(got) > mostSayers || !slices.ContainsFunc(got, func(s string) bool { return strings.HasSuffix(s, "Hart") }) {
			t.Errorf("the sayers of %.40q are %q", text, got)
		}
		for _, s := range got {
			if !utf8.ValidString(s) {
				t.Errorf("the sayer %q of %.40q cuts a letter", s, text)
			}
		}
	}
}

// Every kind is either what is asked of what a source says or general; talk is general.
func TestKinds(t *testing.T) {
	seen := map[Kind]bool{}
	for _, s := range patterns {
		if !s.kind.IsGeneral() || seen[s.kind] || len(s.lines) == 0 {
			t.Errorf("%s is not general, stands twice or has no pattern", s.kind)
		}
		seen[s.kind] = true
	}
	for _, k := range []Kind{Content, Quotation, Who, Claim} {
		if k.IsGeneral() || k.IsTalk() || seen[k] {
			t.Errorf("%q is general or talk", k)
		}
	}
	for _, k := range []Kind{Identity, Privacy, Install, Own, Wrong, Hush, Greeting, Thanks, Bye, Praise, Insult, Help} {
		if !k.IsGeneral() || !k.IsTalk() || !seen[k] {
			t.Errorf("%s is no talk or never read", k)
		}
	}
	for _, k := range []Kind{Summary, Author, Quotes, Find, Paragraph, Sources} {
		if k.IsTalk() || !seen[k] {
			t.Errorf("%s is talk or never read", k)
		}
	}
}

// The words that are spelt right are those of the patterns, and none of the short ones.
func TestWords(t *testing.T) {
	got := Words()
	for _, w := range []string{"headline", "summary", "quoted", "published", "paragraph"} {
		if got[w] < 2 {
			t.Errorf("%s occurs %d times", w, got[w])
		}
	}
	for w := range got {
		if len(w) < 4 || w != strings.ToLower(w) {
			t.Errorf("%q is no word of four letters", w)
		}
	}
	for _, w := range []string{"who", "sluice", ""} {
		if got[w] != 0 {
			t.Errorf("%q is one", w)
		}
	}
}

// The lists are asked for by name, in small letters.
func TestIn(t *testing.T) {
	for _, tt := range []struct {
		list, word string
		want       bool
	}{
		{"pronoun", "she", true}, {"say", "insisted", true}, {"negation", "never", true}, {"text", "leaflet", true},
		{"pronoun", "She", false}, {"say", "sluice", false}, {"say", "", false}, {"no such list", "she", false},
	} {
		if got := In(tt.list, tt.word); got != tt.want {
			t.Errorf("%q in %s: %v", tt.word, tt.list, got)
		}
	}
}
