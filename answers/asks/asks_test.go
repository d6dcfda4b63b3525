package asks

import (
	"strings"
	"testing"
	"unicode/utf8"

	"verbatim/corpus/words"
)

// questions lists what a question asks for: kind, grain, head noun.
var questions = []struct {
	question string
	kind     Kind
	grain    Grain
	head     string
}{
	// who
	{"Who founded the company?", Person, "", ""},
	{"who said that", Person, "", ""},
	{"who's the ceo", Person, "", ""},
	{"Whom did she marry?", Person, "", ""},
	{"To whom did he write in 1521?", Person, "", ""},
	{"Whose idea was the podcast?", Person, "", "idea"},
	{"hoo made llama", Person, "", ""},
	{"who was there when the bridge fell", Person, "", ""},
	{"can you tell me who runs the place?", Person, "", ""},
	{"do you know who invented it", Person, "", ""},
	{"Who is Mark Zuckerberg?", Definition, "", ""},
	{"Who was Tesla's father?", Person, "", ""},
	{"Who does the quarterback play for?", Organisation, "", ""},
	{"Which senator objected?", Person, "", "senator"},
	{"which senators grilled him?", Person, "", "senators"},
	{"What player scored the only goal?", Person, "", "player"},
	{"What British architect designed the hall?", Person, "", "architect"},
	{"Which of the actors left the series?", Person, "", "actors"},
	{"What was the name of his first wife?", Name, "", "name"},
	{"The race was won by which driver?", Person, "", "driver"},
	{"name the senator", Person, "", "senator"},
	{"Name the first president of the country.", Person, "", "president"},
	{"what is his brother", Person, "", "brother"},
	{"According to the report, who was to blame?", Person, "", ""},
	{"When the king died, who became queen?", Person, "", ""},
	// group, organisation
	{"What group of people opposed the road?", Group, "", "group"},
	{"What ethnic group lives there?", Group, "", "group"},
	{"which tribe did he unite first", Group, "", "tribe"},
	{"What company owns the network?", Organisation, "", "company"},
	{"Which team won?", Organisation, "", "team"},
	{"Disney is a subsidiary of what division?", Organisation, "", "division"},
	{"What university did she attend?", Organisation, "", "university"},
	{"which two companies merged", Organisation, "", "companies"},
	{"what radio network did they buy", Organisation, "", "network"},
	{"Which political party lost the election?", Organisation, "", "party"},
	{"What government agency paid for it?", Organisation, "", "agency"},
	{"what was the name of the company?", Name, "", "name"},
	// date
	{"When did Luther die?", Date, "", ""},
	{"wen did he say it", Date, "", ""},
	{"when was llama 2 released??", Date, "", ""},
	{"whens the next match", Date, "", ""},
	{"tell me when the museum opened", Date, "", ""},
	{"In what year did the war end?", Date, Year, "year"},
	{"what year was it", Date, Year, "year"},
	{"Which year saw the first broadcast?", Date, Year, "year"},
	{"It was founded in what year?", Date, Year, "year"},
	{"What month did the podcast air?", Date, Month, "month"},
	{"in which month is the festival", Date, Month, "month"},
	{"what day did it happen?", Date, Day, "day"},
	{"On what date was the treaty signed?", Date, Day, "date"},
	{"what time does the gallery close", Date, Time, "time"},
	{"In what decade did the town grow?", Date, Decade, "decade"},
	{"Which century was the castle built in?", Date, Century, "century"},
	{"How long ago was it built?", Date, "", ""},
	{"how late is it open", Date, "", ""},
	{"What was the date of the interview?", Date, Day, "date"},
	{"date of the interview?", Date, Day, "date"},
	{"during which period was it popular", Date, "", "period"},
	{"What years did he serve?", Date, Year, "years"},
	// duration
	{"How long did the siege last?", Duration, "", ""},
	{"how long is the show", Duration, "", ""},
	{"How much time did they have?", Duration, "", ""},
	{"How many years did the war last?", Duration, "", "years"},
	{"For how many weeks did the strike run?", Duration, "", "weeks"},
	{"how quickly did they finish", Duration, "", ""},
	{"What is the duration of the film?", Duration, "", "duration"},
	// place
	{"Where was Tesla born?", Place, "", ""},
	{"wher did they record it", Place, "", ""},
	{"where's the podcast hosted", Place, "", ""},
	{"In what city was the final played?", Place, "", "city"},
	{"What city?", Place, "", "city"},
	{"Which country borders Kenya to the south?", Place, "", "country"},
	{"in what borough is the office", Place, "", "borough"},
	{"What is the capital of the province?", Place, "", "capital"},
	{"At which stadium did they play?", Place, "", "stadium"},
	{"What part of the city?", Open, "", ""},
	{"which lake does the river flow into", Place, "", "lake"},
	{"The river flows into what sea?", Place, "", "sea"},
	{"any idea where he lives", Place, "", ""},
	// number
	{"How many people live there?", Number, Count, "people"},
	{"how many models did meta release", Number, Count, "models"},
	{"Approximately how many counties are there?", Number, Count, "counties"},
	{"He scored how many goals?", Number, Count, "goals"},
	{"What is the population of the town?", Number, Count, "population"},
	{"what number was on his shirt", Number, Count, "number"},
	{"How often is the race held?", Number, Count, ""},
	{"What percentage of voters agreed?", Number, Percentage, "percentage"},
	{"what percent of the money was spent", Number, Percentage, "percent"},
	{"How much did the ticket cost?", Number, Money, ""},
	{"how much money did they raise", Number, Money, ""},
	{"How much were they paid?", Number, Money, ""},
	{"what was the price of the painting", Number, Money, "price"},
	{"What salary did she earn?", Number, Money, "salary"},
	{"what did it cost", Number, Money, ""},
	{"How much water does the plant need?", Number, Measure, "water"},
	{"How tall is the tower?", Number, Measure, ""},
	{"how far is it from the coast", Number, Measure, ""},
	{"How large is the collection?", Number, Measure, ""},
	{"what height is the mountain", Number, Measure, "height"},
	{"What was the average temperature?", Number, Measure, "temperature"},
	{"How old was he at the time?", Number, Age, ""},
	{"At what age did she retire?", Number, Age, "age"},
	{"number of visitors", Number, Count, "number"},
	{"howw many? how many seats", Number, Count, "seats"},
	// reason
	{"Why did Tesla move?", Reason, "", ""},
	{"y did he leave", Reason, "", ""},
	{"whyy is it risky", Reason, "", ""},
	{"how come the model is free", Reason, "", ""},
	{"what for", Reason, "", ""},
	{"What caused the fire?", Reason, "", ""},
	{"what led to the split", Reason, "", ""},
	{"What was the reason for the delay?", Reason, "", "reason"},
	{"For what reason was he dismissed?", Reason, "", "reason"},
	{"What is the purpose of the valve?", Reason, "", "purpose"},
	{"What are leaves used for?", Reason, "", ""},
	{"reason for the move?", Reason, "", ""},
	{"tell me why they stopped", Reason, "", ""},
	{"is there a reason why it failed", Reason, "", ""},
	// reaction
	{"How did critics react?", Reaction, "", ""},
	{"how was the model received", Reaction, "", ""},
	{"How did the Senate respond?", Reaction, "", ""},
	{"What was the reaction to the release?", Reaction, "", "reaction"},
	{"what was the public's response", Reaction, "", "response"},
	{"what criticism did it get", Reaction, "", "criticism"},
	// comparison
	{"How does Llama compare with others?", Comparison, "", ""},
	{"What is the difference between open and closed?", Comparison, "", ""},
	{"how are they different", Comparison, "", ""},
	{"open vs closed models", Comparison, "", ""},
	{"compare windows and apple", Comparison, "", ""},
	{"What advantage does it have?", Comparison, "", "advantage"},
	// manner
	{"How did they cross the river?", Manner, "", ""},
	{"how do plants make sugar", Manner, "", ""},
	{"What method was used?", Manner, "", "method"},
	{"in what way did he help", Manner, "", "way"},
	{"how?", Manner, "", ""},
	{"By what process is it made?", Manner, "", "process"},
	// consequence
	{"How did the war affect trade?", Consequence, "", ""},
	{"What was the result of the vote?", Consequence, "", "result"},
	{"what happened after the release", Consequence, "", ""},
	{"What effect did the law have?", Consequence, "", "effect"},
	{"What does low pressure cause?", Consequence, "", ""},
	{"What does the treatment result in?", Consequence, "", ""},
	// example
	{"What is an example of a shore bird?", Example, "", ""},
	{"give me an example", Example, "", "example"},
	{"What are some uses of copper?", Example, "", ""},
	{"examples of open platforms", Example, "", ""},
	// definition
	{"What is a chloroplast?", Definition, "", ""},
	{"what's llama", Definition, "", ""},
	{"What does TARDIS stand for?", Definition, "", ""},
	{"What does the word mean?", Definition, "", ""},
	{"define open source", Definition, "", ""},
	{"What is the meaning of the name?", Definition, "", "meaning"},
	{"what does that term refer to", Definition, "", ""},
	{"How is poverty defined?", Definition, "", ""},
	// opinion
	{"What did Zuckerberg think of Apple?", Opinion, "", ""},
	{"what does he believe", Opinion, "", ""},
	{"How does he feel about rivals?", Opinion, "", ""},
	{"What is Zuckerberg's opinion on closed models?", Opinion, "", "opinion"},
	{"thoughts on windows?", Opinion, "", ""},
	{"how important is it", Opinion, "", ""},
	{"what is his stance on privacy", Opinion, "", "stance"},
	// name
	{"What is the fortress called?", Name, "", ""},
	{"names?", Name, "", ""},
	{"What was the ship named?", Name, "", ""},
	{"What book did she write?", Name, "", "book"},
	{"which song did they open with", Name, "", "song"},
	{"What is the title of the album?", Name, "", "title"},
	{"What did the Romans call the place?", Name, "", ""},
	{"Who was the bridge named after? what was it named after", Person, "", ""},
	{"What is the river also known as?", Name, "", ""},
	{"name three rivers", Place, "", "rivers"},
	{"name of the podcast", Name, "", ""},
	{"what podcast was he on", Name, "", "podcast"},
	{"what position did he hold", Name, "", "position"},
	// yes or no
	{"Did he win?", YesNo, "", ""},
	{"is llama open source", YesNo, "", ""},
	{"Was he there when it happened?", YesNo, "", ""},
	{"does the article mention linux?", YesNo, "", ""},
	{"he said that, right?", YesNo, "", ""},
	{"is it true that he resigned", YesNo, "", ""},
	{"can people modify the code", YesNo, "", ""},
	// open
	{"what did he say about windows", Open, "", ""},
	{"what about apple", Open, "", ""},
	{"Is the focus high or low?", Open, "", ""},
	{"tell me about llama", Open, "", ""},
	{"What kind of engine did it have?", Open, "", "engine"},
	{"What type of doctor was he?", Open, "", "doctor"},
	{"What color is the flag?", Open, "", "color"},
	{"", Open, "", ""},
	{"?!", Open, "", ""},
	{"windows", Open, "", ""},
}

func TestOf(t *testing.T) {
	for _, q := range questions {
		got := Of(q.question)
		if got.Kind != q.kind || got.Grain != q.grain || got.Head != q.head && q.head != "" {
			t.Errorf("Of(%q) = %q %q head %q, want %q %q head %q", q.question, got.Kind, got.Grain, got.Head, q.kind, q.grain, q.head)
		}
	}
	if len(questions) < 150 {
		t.Errorf("%d questions, want 150", len(questions))
	}
}

func TestTold(t *testing.T) {
	for _, c := range []struct{ text, want string }{ // kind[/grain]: words; a leading - means that it is not told
		{"ABC stylised its logo in 1957.", "date/year: 1957; -number; organisation: ABC"},
		{"He was born on 10 July 1856 in Smiljan.", "date/day: 10 July; date/year: 1856; place: Smiljan"},
		{"In July, Zuckerberg received props across the tech industry.", "date/month: July"},
		{"It may rain.", "-date"},
		{"They marched in March 1906.", "date/month: March"},
		{"The shop opens at 10:30.", "date/time: 10:30"},
		{"Doors close at 9 p.m. sharp.", "date/time: 9 p.m"},
		{"The 1990s were good.", "date/decade: 1990s; -number"},
		{"In the 19th century it grew.", "date/century: 19th century"},
		{"It took three years.", "duration: three years"},
		{"She walked for weeks.", "duration: for weeks"},
		{"It ran from 1963 to 1989.", "duration: 1963; date/year: 1963; date/year: 1989"},
		{"Around 97% agreed.", "number/percentage: 97"},
		{"Twelve percent agreed.", "number/percentage: Twelve percent"},
		{"It cost $1.5 million.", "number/money: 1.5"},
		{"They paid five million dollars.", "number/money: million dollars"},
		{"The wall is 12 metres high.", "number/measure: 12 metres"},
		{"Twelve actors played the part.", "number/count: Twelve"},
		{"He was 43 years old.", "number/age: 43 years old"},
		{"One of them left.", "-number"},
		{"Dr. Ada Brown met Senator Hill.", "person: Dr. Ada Brown; person: Senator Hill"},
		{"Zuckerberg said so.", "person: Zuckerberg"},
		{"It was built by Hano Veld in Berlin.", "person: Hano Veld; place: Berlin"},
		{"The University of Leeds agreed with the BBC.", "organisation: University of Leeds; organisation: BBC"},
		{"Lake Turkana lies to the north.", "place: Lake Turkana; -person"},
		{"Scientists found it.", "group: Scientists"},
		{"It was built by fishermen.", "group: fishermen; -person"},
		{"", "-name"},
	} {
		told := Told(c.text)
		for want := range strings.SplitSeq(c.want, "; ") {
			kind, span, _ := strings.Cut(want, ": ")
			if absent, ok := strings.CutPrefix(kind, "-"); ok {
				if len(told[Kind(absent)]) > 0 {
					t.Errorf("Told(%q) has %s: %v", c.text, absent, told[Kind(absent)])
				}
				continue
			}
			kind, grain, _ := strings.Cut(kind, "/")
			found := false
			for _, thing := range told[Kind(kind)] {
				found = found || string(thing.Grain) == grain && c.text[thing.Start:thing.End] == span
			}
			if !found {
				t.Errorf("Told(%q) lacks %q: %v", c.text, want, told)
			}
		}
	}
}

func TestIn(t *testing.T) {
	for _, c := range []struct {
		question, passage string
		want              Fit
	}{
		{"In what year did it open?", "It opened in 1957.", Exact},
		{"In what year did it open?", "It opened in July.", Loose},
		{"In what year did it open?", "It opened with a parade.", Missing},
		{"How much did it cost?", "It cost $5.", Exact},
		{"How much did it cost?", "Five people came.", Loose},
		{"who built it", "It was built by Hano Veld.", Exact},
		{"who built it", "the critics were poor", Loose},
		{"who built it", "it was built in a hurry", Missing},
		{"what about it", "It was built in a hurry", Unasked},
		{"why did it close", "It closed because of the rain.", Unasked},
		{"how long did it last", "It lasted three weeks.", Exact},
		{"what time is it open", "It opens at 10:30.", Exact},
	} {
		if got := Of(c.question).In(setOf(c.passage)); got != c.want {
			t.Errorf("%q in %q = %d, want %d", c.question, c.passage, got, c.want)
		}
	}
}

func FuzzAsks(f *testing.F) {
	for _, q := range questions {
		f.Add(q.question)
	}
	f.Add("$5 10–15 U.S. 19th century “A b” by ing 1999-2000 May 5")
	f.Fuzz(func(t *testing.T, text string) {
		Of(text)
		for kind, things := range Told(text) {
			for _, thing := range things {
				if thing.Kind != kind || thing.Start < 0 || thing.Start >= thing.End || thing.End > len(text) || utf8.ValidString(text) && !utf8.ValidString(text[thing.Start:thing.End]) && kind != Name {
					t.Errorf("Told(%q): %v", text, thing)
				}
			}
		}
	})
}

func BenchmarkOf(b *testing.B) {
	i := 0
	for b.Loop() {
		Of(questions[i%len(questions)].question)
		i++
	}
}

func BenchmarkSetOf(b *testing.B) {
	const text = "In 2023, Meta released Llama 2, a (mostly) open-source AI model that quickly became a hit among the tech community."
	for b.Loop() {
		setOf(text)
	}
}

func setOf(text string) Set { return SetOf(text, words.Tokens(text)) }
