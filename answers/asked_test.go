package answers

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestAsked: what any article and any bot is asked, in the words that people type, one
// question a row with the kind of the answer and a part of what is shown or said.
func TestAsked(t *testing.T) {
	for _, tt := range []struct {
		article, text string
		kind          Kind
		shows         string // a part of the first quote, or of what is said where there is none
	}{
		// What it is about.
		{"letter", "tldr pls", List, "I have driven the night bus"},
		{"letter", "whats this abt", List, ""},
		{"policy", "waht is this about", List, ""},
		{"policy", "what is this artcle about", List, ""},
		{"dispatch", "can you tell me what this article is about?", List, "The harbour museum opened"},
		{"dispatch", "give me the short version", List, "The harbour museum opened"},
		{"dispatch", "what's the main idea in one sentence", List, "The harbour museum opened"},
		{"dispatch", "i didn't read it, what's it about", List, "The harbour museum opened"},
		{"column", "what does the author say?", List, "I have not mown"},
		{"column", "most important points?", List, "I have not mown"},
		// Where it comes from.
		{"dispatch", "date?", Quote, "Friday, May 7, 2021"},
		{"dispatch", "what day was this published", Quote, "Friday, May 7, 2021"},
		{"dispatch", "when did this come out??", Quote, "Friday, May 7, 2021"},
		{"dispatch", "who wrote this crap", Chat, "not told its author"},
		{"dispatch", "do you know who wrote this", Chat, "not told its author"},
		{"report", "written by?", Chat, "Nora Field"},
		{"column", "which author wrote this", Chat, "Oliver Stone-Baker"},
		{"policy", "can i have the link", Chat, "not told where it was published"},
		{"policy", "where can I read the full article", Chat, "not told where it was published"},
		// Who is quoted.
		{"dispatch", "is anyone quoted?", List, "Not one picture was lost"},
		{"dispatch", "who did they talk to", List, "Not one picture was lost"},
		{"policy", "does it quote anybody", NotCovered, "quotes nobody"},
		{"policy", "how many ppl are quoted", Chat, "quotes nobody"},
		{"report", "how many sources does it quote", Chat, "3 people"},
		{"report", "count the quotes", Chat, "quotes"},
		{"report", "list everything that Sam Hart said", List, "Nobody asked the drivers"},
		{"report", "show me Sam Hart's quotes", List, "Nobody asked the drivers"},
		{"report", "Sam Hart said what?", List, "Nobody asked the drivers"},
		{"transcript", "what did Ms Vance have to say", List, "The repair costs"},
		{"transcript", "compare Mr Osei and Ms Vance", List, "I have swum there"},
		{"transcript", "do Osei and Vance agree?", List, "I have swum there"},
		{"transcript", "what's the difference between what Vance and Lindt say", List, "The repair costs"},
		// Its parts.
		{"report", "¶ 3", Quote, "The city will close"},
		{"report", "the 3rd paragraph", Quote, "The city will close"},
		{"report", "what does it say in paragraph 3", Quote, "The city will close"},
		{"report", "show pargraph 3", Quote, "The city will close"},
		{"dispatch", "the very last line", Quote, "The roof was repaired"},
		{"dispatch", "how does the last sentence go", Quote, "The roof was repaired"},
		{"policy", "from the top", Quote, "These rules hold"},
		{"policy", "show me the whole article", Quote, "These rules hold"},
		{"policy", "read more", Chat, "nothing shown yet"},
		{"policy", "how long does it take to read", Chat, "words"},
		// Where words stand.
		{"letter", "find word wage", Quote, "higher wage"},
		{"letter", "find the word \"wage\"", Quote, "higher wage"},
		{"letter", "find all mentions of the committee", List, "To the members"},
		{"letter", "how often do they say committee", List, "To the members"},
		{"letter", "where does it say nurses", Quote, "mostly nurses"},
		{"letter", "does Elmford come up?", Quote, "Elmford"},
		{"letter", "is Elmford in there", Quote, "Elmford"},
		{"letter", "nurses mentioned?", Quote, "mostly nurses"},
		{"letter", "show every sentence with the word fare", Quote, "The fare"},
		{"letter", "find submarines", NotCovered, "“submarines” is nowhere in the article"},
		{"letter", "any mention of submarines?", NotCovered, "“submarines” is nowhere in the article"},
		// About the bot.
		{"policy", "is this a bot?", Chat, "I am Verbatim"},
		{"policy", "which llm do you use", Chat, "I am Verbatim"},
		{"policy", "are you making this up?", Chat, "I am Verbatim"},
		{"policy", "am i talking to a human", Chat, "I am Verbatim"},
		{"policy", "what data do you collect", Chat, "What you type is read"},
		{"policy", "how long do you keep my messages", Chat, "What you type is read"},
		{"policy", "does my data leave this machine", Chat, "What you type is read"},
		{"policy", "forget what i said", Chat, "What you type is read"},
		{"policy", "how to add you to our chat", Chat, "Whoever runs me can add me"},
		{"policy", "can you join our channel?", Chat, "Whoever runs me can add me"},
		{"policy", "how to add my own article", Chat, "can add your text"},
		{"policy", "can i upload a pdf", Chat, "can add your text"},
		{"policy", "which articles do you have?", Chat, "I answer from one article"},
		{"policy", "how to report a wrong answer", Chat, "Thank you for saying so"},
		{"policy", "you didn't answer my question", Chat, "Thank you for saying so"},
		{"policy", "nope, wrong", Chat, "Thank you for saying so"},
		// Small talk.
		{"policy", "can you please stop", Chat, "I will be quiet"},
		{"policy", "hii", Chat, "Hello"},
		{"policy", "anybody there?", Chat, "Hello"},
		{"policy", "thx mate", Chat, "You are welcome"},
		{"policy", "thanks that's it", Chat, "You are welcome"},
		{"policy", "ttyl", Chat, "Goodbye"},
		{"policy", "wow", Chat, "Thank you"},
		{"policy", "this is useless", Chat, "Sorry"},
		{"policy", "i need help", Chat, "Ask what the article says"},
		// Other languages, short.
		{"policy", "pourquoi ?", Chat, "anglais"},
		{"policy", "quién lo dijo", Chat, "inglés"},
		{"policy", "Wer?", Chat, "Englisch"},
		{"policy", "was ist das?", Chat, "Englisch"},
		{"policy", "perché?", Chat, "inglese"},
		// What only looks like one of these.
		{"policy", "may visitors use the band saw?", Verdict, "band saw"},
		{"dispatch", "how old is the flood?", Quote, "two years after the flood of 2019"},
		{"letter", "how much is the fare?", Quote, "two pounds"},
	} {
		a := phrased(t, tt.article).Ask(Question{Text: tt.text})
		got := a.Lead
		if len(a.Quotes) > 0 {
			got = a.Quotes[0].Quote.Text()
		}
		if a.Kind != tt.kind || !strings.Contains(got, tt.shows) {
			t.Errorf("%s: %q: %s %q %q, want %s %q", tt.article, tt.text, a.Kind, a.Lead, got, tt.kind, tt.shows)
		}
	}
}

// TestReadOn: what follows is read to the end of its paragraph, and "it" means what was shown
// only where the question before was not about the article itself.
func TestReadOn(t *testing.T) {
	e := phrased(t, "dispatch")
	begin := e.Ask(Question{Text: "how does it start?"})
	next := e.Ask(Question{Text: "read me more", Previous: begin.Turn})
	if len(next.Quotes) != 2 || !strings.HasPrefix(next.Quotes[0].Quote.Text(), "Director Ada Quill") {
		t.Errorf("it goes on with %v", next.Quotes)
	}
	more := e.Ask(Question{Text: "more", Previous: next.Turn})
	if len(more.Quotes) == 0 || !strings.HasPrefix(more.Quotes[0].Quote.Text(), "The mayor") {
		t.Errorf("more of it is %v", more.Quotes)
	}
	end := e.Ask(Question{Text: "the last line"})
	if a := e.Ask(Question{Text: "and after that?", Previous: end.Turn}); a.Kind != NotCovered || !strings.Contains(a.Lead, "no more of it") {
		t.Errorf("after the end comes %s %q", a.Kind, a.Lead)
	}
	about := e.Ask(Question{Text: "what is it about?"})
	if a := e.Ask(Question{Text: "who wrote it?", Previous: about.Turn}); a.Kind != Chat || !strings.Contains(a.Lead, "its author") {
		t.Errorf("who wrote it is answered with %s %q", a.Kind, a.Lead)
	}
	shown := e.Ask(Question{Text: "who repaired the roof?"})
	for _, text := range []string{"what was it about?", "who wrote it?"} {
		if a := e.Ask(Question{Text: text, Previous: shown.Turn}); a.Kind == List || a.Kind == Chat {
			t.Errorf("%q, of what was shown, is answered with %s %q", text, a.Kind, a.Lead)
		}
	}
}

func TestArticlesHere(t *testing.T) {
	fsys := fstest.MapFS{}
	for _, name := range []string{"a", "b", "c"} {
		fsys[name+"/article.txt"] = &fstest.MapFile{Data: []byte("Ferry " + name + "\nThe ferry leaves at nine.\n")}
		fsys[name+"/source.yaml"] = &fstest.MapFile{Data: []byte("title: The ferry of " + name + "\n")}
	}
	a := engineOn(t, fsys).Ask(Question{Text: "list all articles"})
	if want := "I answer from 3 articles: “The ferry of a”, “The ferry of b”, “The ferry of c”. Begin with “in” and a title, then a colon, to ask one alone."; a.Lead != want {
		t.Errorf("the articles are %q, want %q", a.Lead, want)
	}
}

// TestPremise: a question that takes for granted what the article does not bear out is met
// with the line that sets it right, and one that is only worded otherwise is not.
func TestPremise(t *testing.T) {
	for _, tt := range []struct{ article, text, lead, near string }{
		{"letter", "why did the committee drop the night bus?", otherwise, "voted to keep"},
		{"letter", "why did you ask for a higher wage?", otherwise, "did not ask for a higher wage"},
		{"letter", "why does the line carry more people in summer?", otherwise, "fewer people in summer"},
		{"letter", "why is a ticket cheaper when bought on the bus?", otherwise, "dearer"},
		{"policy", "why are visitors allowed to use the band saw?", otherwise, "not allowed"},
		{"policy", "when do you lend goggles to visitors?", otherwise, "do not lend"},
		{"policy", "why are photographs banned in the workshop?", otherwise, "Photographs are allowed"},
		{"dispatch", "why did the mayor refuse to attend the opening?", notBorneOut, "attended the opening"},
		{"dispatch", "why was the museum closed after the flood of 2016?", otherwise, "2019"},
	} {
		a := phrased(t, tt.article).Ask(Question{Text: tt.text})
		if a.Kind != NotCovered || a.Lead != tt.lead || len(a.Nearest) == 0 || !strings.Contains(a.Nearest[0].Quote.Text(), tt.near) {
			t.Errorf("%s: %q: %s %q %v %v, want %q, %q", tt.article, tt.text, a.Kind, a.Lead, a.Quotes, a.Nearest, tt.lead, tt.near)
		}
	}
	for _, tt := range []struct{ article, text string }{
		{"letter", "why do the old buses stay?"},
		{"letter", "when was the second driver granted?"},
		{"letter", "which way of paying is dearer?"},
		{"letter", "how did the committee vote?"},
		{"policy", "when do members get a key?"},
		{"policy", "where are dogs welcome?"},
		{"dispatch", "who refused to sell the ship models?"},
		{"dispatch", "why did the collector not get the models?"},
		{"dispatch", "when did the museum open its doors again?"},
		{"dispatch", "which plan was rejected by the council?"},
		{"report", "why can the roof not be repaired?"},
		{"report", "when will the depot be closed?"},
		{"interview", "why did some readers leave?"},
		{"transcript", "who would not recommend it?"},
		{"faq", "how do I open the lock?"},
	} {
		a := phrased(t, tt.article).Ask(Question{Text: tt.text})
		if strings.HasPrefix(a.Lead, otherwise) || strings.HasPrefix(a.Lead, notBorneOut) {
			t.Errorf("%s: %q is said to be wrong: %q %v", tt.article, tt.text, a.Lead, a.Nearest)
		}
	}
}

func TestUnmentioned(t *testing.T) {
	for text, want := range map[string]string{
		"what does Whitlow think of the flood?": "Whitlow",
		"what does Quill think of the weather?": "",
		"WHAT DOES WHITLOW THINK OF IT":         "",
		"Whitlow, what of him?":                 "",
	} {
		e := phrased(t, "dispatch")
		if got := e.unmentioned(e.read(Question{Text: text})); got != want {
			t.Errorf("%q has the unknown name %q, want %q", text, got, want)
		}
	}
}

func TestBylineIn(t *testing.T) {
	for text, want := range map[string]string{
		"By Nora Field": "Nora Field", "By Nora Field, The Courier. Republished under a licence.": "Nora Field",
		"By Nora Field and Jo Hart (Halden)": "Nora Field and Jo Hart", "By noon the tide was in.": "", "By Monday, all had gone.": "", "Nora Field": "",
	} {
		if got := bylineIn(text); got != want {
			t.Errorf("bylineIn(%q) = %q, want %q", text, got, want)
		}
	}
}
