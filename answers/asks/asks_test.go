package asks

import (
	"slices"
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
	{"who on earth signed it off", Person, "", ""},
	{"Does anybody remember who drove the van?", Person, "", ""},
	{"and who else was aboard?", Person, "", ""},
	{"Whose boat sank?", Person, "", "boat"},
	{"By whom was the mural painted?", Person, "", ""},
	{"who were the two surgeons", Person, "", ""},
	{"Who is Ngozi Adebayo-Lund?", Definition, "", ""},
	{"who is the harbour master", Person, "", ""},
	{"Who was Ilse's tutor?", Person, "", ""},
	{"who did Petra vote for", Organisation, "", ""},
	{"which of the three nurses resigned", Person, "", "nurses"},
	{"The cup went to which goalkeeper?", Person, "", "goalkeeper"},
	{"In the end the prize was shared with the sculptor of what?", Person, "", "sculptor"},
	{"Which secretaries kept the minutes?", Person, "", "secretaries"},
	{"what chairwoman closed the meeting", Person, "", "chairwoman"},
	{"woh paid for it", Person, "", ""},
	{"whch engineer checked the dam", Person, "", "engineer"},
	{"identify the two witnesses", Person, "", "witnesses"},
	{"Please name the pilot.", Person, "", "pilot"},
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
	{"Which of the banks lent the money?", Organisation, "", "banks"},
	{"what clubs did she play in", Organisation, "", "clubs"},
	{"which ministry signed", Organisation, "", "ministry"},
	{"list all the companies", Organisation, "", "companies"},
	{"which refugees were let in", Group, "", "refugees"},
	{"What nationalities were on board?", Group, "", "nationalities"},
	{"what was Amara's nationality", Group, "", "nationality"},
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
	{"When will the lido open again?", Date, "", ""},
	{"Since when has the ferry been free?", Date, "", ""},
	{"do you remember when the mill burned", Date, "", ""},
	{"the mill burned when?", Date, "", ""},
	{"Which years were dry?", Date, Year, "years"},
	{"She left in the winter of what year?", Date, Year, "year"},
	{"which season is best for cod", Date, Season, "season"},
	{"what weekday is the market", Date, Day, "weekday"},
	{"on which days is the archive shut", Date, Day, "days"},
	{"At what hour did the siren sound?", Date, Time, "hour"},
	{"In which centuries were the frescoes painted?", Date, Century, "centuries"},
	{"how soon", Duration, "", ""},
	{"How recently was it repaved?", Date, "", ""},
	{"how early do the gates open", Date, "", ""},
	{"How many years ago did it close?", Number, Count, "years"},
	{"whne is the deadline", Date, "", ""},
	// duration
	{"How long did the siege last?", Duration, "", ""},
	{"how long is the show", Duration, "", ""},
	{"How much time did they have?", Duration, "", ""},
	{"How many years did the war last?", Duration, "", "years"},
	{"For how many weeks did the strike run?", Duration, "", "weeks"},
	{"how quickly did they finish", Duration, "", ""},
	{"What is the duration of the film?", Duration, "", "duration"},
	{"How long will the repairs take?", Duration, "", ""},
	{"how many months did the voyage take", Duration, "", "months"},
	{"how many hours", Duration, "", "hours"},
	{"How much time is left?", Duration, "", ""},
	{"what was her tenure", Duration, "", "tenure"},
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
	{"Whereabouts is the depot?", Place, "", ""},
	{"Where in Lisbon did the choir sing?", Place, "", ""},
	{"she was buried where?", Place, "", ""},
	{"where's he from", Place, "", ""},
	{"The parade ended in the square of what?", Place, "", "square"},
	{"which valleys were flooded", Place, "", "valleys"},
	{"What countries does the pipeline cross?", Place, "", "countries"},
	{"which of the islands has a school", Place, "", "islands"},
	{"list the harbours", Place, "", "harbours"},
	{"wheer is the exit", Place, "", ""},
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
	{"How many of the lamps were broken?", Number, Count, "lamps"},
	{"how many did they sell", Number, Count, ""},
	{"How many percent of pupils walk?", Number, Percentage, "percent"},
	{"What share of the harvest was lost?", Number, Percentage, "share"},
	{"which fraction was spoiled", Number, Percentage, "fraction"},
	{"what are the odds", Number, Percentage, "odds"},
	{"How much of the budget went on roads?", Number, Money, "budget"},
	{"how much did the heirs owe", Number, Money, ""},
	{"What fine did the captain pay?", Number, Money, "fine"},
	{"how expensive are the tickets", Number, Money, ""},
	{"What does the crossing cost?", Number, Money, ""},
	{"how much weight can the bridge bear", Number, Measure, "weight"},
	{"What does the bell weigh?", Number, Measure, ""},
	{"How deep is the shaft?", Number, Measure, ""},
	{"what was the ship's speed", Number, Measure, "speed"},
	{"hw tall is the mast", Number, Measure, ""},
	{"How old is the oak?", Number, Age, ""},
	{"how frequently is the water tested", Number, Count, ""},
	{"give the number of seats", Number, Count, "number"},
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
	{"why", Reason, "", ""},
	{"why not?", Reason, "", ""},
	{"Do they say why the choir split?", Reason, "", ""},
	{"What prompted the recall?", Reason, "", ""},
	{"what triggered the alarm?", Reason, "", ""},
	{"What inspired the mural?", Reason, "", ""},
	{"what were the stakes used for", Reason, "", ""},
	{"What is the tower meant for?", Reason, "", ""},
	{"give reasons", Reason, "", "reasons"},
	{"explain the reasons behind the walkout", Reason, "", ""},
	{"What was the motive?", Reason, "", "motive"},
	{"what factors slowed the harvest", Reason, "", "factors"},
	// reaction
	{"How did critics react?", Reaction, "", ""},
	{"how was the model received", Reaction, "", ""},
	{"How did the Senate respond?", Reaction, "", ""},
	{"What was the reaction to the release?", Reaction, "", "reaction"},
	{"what was the public's response", Reaction, "", "response"},
	{"what criticism did it get", Reaction, "", "criticism"},
	{"how did the villagers take the news, how was it taken", Reaction, "", ""},
	{"What complaints were made?", Reaction, "", "complaints"},
	{"What did the union say in response?", Reaction, "", ""},
	// comparison
	{"How does Llama compare with others?", Comparison, "", ""},
	{"What is the difference between open and closed?", Comparison, "", ""},
	{"how are they different", Comparison, "", ""},
	{"open vs closed models", Comparison, "", ""},
	{"compare windows and apple", Comparison, "", ""},
	{"What advantage does it have?", Comparison, "", "advantage"},
	{"How do the two maps differ?", Comparison, "", ""},
	{"what are the similarities between the bids", Comparison, "", ""},
	{"Which advantages does rail have?", Comparison, "", "advantages"},
	{"trams versus buses", Comparison, "", ""},
	{"is there a difference between the two", Comparison, "", ""},
	// manner
	{"How did they cross the river?", Manner, "", ""},
	{"how do plants make sugar", Manner, "", ""},
	{"What method was used?", Manner, "", "method"},
	{"in what way did he help", Manner, "", "way"},
	{"how?", Manner, "", ""},
	{"By what process is it made?", Manner, "", "process"},
	{"can you explain how the lock works", Manner, "", ""},
	{"How exactly was the vault opened?", Manner, "", ""},
	{"What steps did they follow?", Manner, "", "steps"},
	{"through what means was it paid", Manner, "", "means"},
	// consequence
	{"How did the war affect trade?", Consequence, "", ""},
	{"What was the result of the vote?", Consequence, "", "result"},
	{"what happened after the release", Consequence, "", ""},
	{"What effect did the law have?", Consequence, "", "effect"},
	{"What does low pressure cause?", Consequence, "", ""},
	{"What does the treatment result in?", Consequence, "", ""},
	{"How did the flood change the town?", Consequence, "", ""},
	{"what happens if the pump fails", Consequence, "", ""},
	{"What did the strike lead to?", Consequence, "", ""},
	{"what did the drought cause", Consequence, "", ""},
	{"which effects does the dust have", Consequence, "", "effects"},
	// example
	{"What is an example of a shore bird?", Example, "", ""},
	{"give me an example", Example, "", "example"},
	{"What are some uses of copper?", Example, "", ""},
	{"examples of open platforms", Example, "", ""},
	{"what are a few uses of felt", Example, "", ""},
	{"What are examples of tidal plants?", Example, "", ""},
	{"which examples does she give", Example, "", "examples"},
	// definition
	{"What is a chloroplast?", Definition, "", ""},
	{"what's llama", Definition, "", ""},
	{"What does TARDIS stand for?", Definition, "", ""},
	{"What does the word mean?", Definition, "", ""},
	{"define open source", Definition, "", ""},
	{"What is the meaning of the name?", Definition, "", "meaning"},
	{"what does that term refer to", Definition, "", ""},
	{"How is poverty defined?", Definition, "", ""},
	{"What is a city?", Definition, "", "city"},
	{"what is an isobar", Definition, "", ""},
	{"What are lichens?", Definition, "", ""},
	{"what does RNLI mean", Definition, "", ""},
	{"meaning of kintsugi", Definition, "", ""},
	{"how do they define rural", Definition, "", ""},
	// opinion
	{"What did Zuckerberg think of Apple?", Opinion, "", ""},
	{"what does he believe", Opinion, "", ""},
	{"How does he feel about rivals?", Opinion, "", ""},
	{"What is Zuckerberg's opinion on closed models?", Opinion, "", "opinion"},
	{"thoughts on windows?", Opinion, "", ""},
	{"how important is it", Opinion, "", ""},
	{"what is his stance on privacy", Opinion, "", "stance"},
	{"What did the fishermen feel about the quota?", Opinion, "", ""},
	{"how good is the water", Opinion, "", ""},
	{"How is the mayor viewed abroad?", Opinion, "", ""},
	{"what opinions do growers hold", Opinion, "", "opinions"},
	{"how dangerous is the crossing", Opinion, "", ""},
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
	{"how is the village's name pronounced", Name, "", ""},
	{"What was the dog nicknamed?", Name, "", ""},
	{"What was the lagoon first known as?", Name, "", ""},
	{"what is the comet named after", Name, "", ""},
	{"what did they rename the street", Name, "", ""},
	{"Which of the hinges was broken?", Name, "", "hinges"},
	{"which one sank", Name, "", ""},
	{"which languages does he speak", Name, "", "languages"},
	{"name the boatyard's dog", Name, "", ""},
	{"and its name", Name, "", ""},
	// yes or no
	{"Did he win?", YesNo, "", ""},
	{"is llama open source", YesNo, "", ""},
	{"Was he there when it happened?", YesNo, "", ""},
	{"does the article mention linux?", YesNo, "", ""},
	{"he said that, right?", YesNo, "", ""},
	{"is it true that he resigned", YesNo, "", ""},
	{"can people modify the code", YesNo, "", ""},
	{"Has the dam ever burst?", YesNo, "", ""},
	{"Were the nurses who struck paid?", YesNo, "", ""},
	{"Did the man who sold it know?", YesNo, "", ""},
	{"is that the house where she wrote", YesNo, "", ""},
	{"true or false: the ferry is free", YesNo, "", ""},
	{"the ferry is free, correct?", YesNo, "", ""},
	{"Isn't the bridge closed?", YesNo, "", ""},
	// open
	{"what did he say about windows", Open, "", ""},
	{"what about apple", Open, "", ""},
	{"Is the focus high or low?", Open, "", ""},
	{"tell me about llama", Open, "", ""},
	{"What kind of engine did it have?", Open, "", "engine"},
	{"What type of doctor was he?", Open, "", "doctor"},
	{"What color is the flag?", Open, "", "color"},
	{"Was it paid in cash or by cheque?", Open, "", ""},
	{"what kind of man was he", Open, "", "man"},
	{"what sort of reasons did they give", Reason, "", "reasons"},
	{"what did the baker say", Open, "", ""},
	{"what else", Open, "", ""},
	{"what if it rains", Open, "", ""},
	{"what?", Open, "", ""},
	{"what did", Open, "", ""},
	{"which?", Open, "", ""},
	{"tell", Open, "", ""},
	{"the harbour at dawn and everything that was said about it", Open, "", ""},
	{"\xffwhat\xfe?", Open, "", ""},
	{"🦀🦀", Open, "", ""},
	{"cuándo abre", Open, "", ""},
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
		// Dates, in the ways that people write them.
		{"She sailed on May 5, 1911.", "date/day: May; date/year: 1911; -number"},
		{"It may rain in Leith.", "-date; place: Leith"},
		{"In May the lagoon turned green.", "date/month: May"},
		{"Sung in March, the song of a long march.", "date/month: March"},
		{"The choir meets on Tuesdays.", "date/day: Tuesdays; -person; -organisation"},
		{"The fair of 1872–1875 lost money.", "date/year: 1872; duration: 1872; date/year: 1875"},
		{"The well dates from 44 BC.", "date/year: 44 BC; -number"},
		{"It fell in 1066 AD, or 1066 B.C.E. for all they knew.", "date/year: 1066 AD; date/year: 1066 B.C.E; -organisation; -number"},
		{"In May 300 people came.", "date/month: May; number/count: 300"},
		{"By July 4 it was over.", "date/day: July; -number"},
		{"By July 45 had died.", "date/month: July; number/count: 45"},
		{"He left on the 3rd of June.", "date/day: 3rd; date/month: June"},
		{"On August 21st they docked.", "date/day: 21st; -number"},
		{"She came 3rd.", "number/count: 3rd; -date"},
		{"Curfew was at midnight.", "date/time: midnight"},
		{"The bar shuts at 2 o'clock.", "date/time: 2 o'clock"},
		{"It thawed last winter.", "date/season: winter"},
		{"A decade later the mine shut.", "date/decade: decade"},
		{"They will vote tomorrow.", "date: tomorrow"},
		{"3 Feb was cold.", "date/day: 3 Feb; -number"},
		{"They sold 1,900 loaves.", "number/count: 1,900; -date"},
		{"In 2345 BCE the wall fell.", "date/year: 2345 BCE; -number"},
		// How long.
		{"A three-day fast began.", "duration: three-day; -date"},
		{"The lease runs for a year.", "duration: a year; -date"},
		{"The crew waited many hours.", "duration: many hours"},
		{"Her 50-year-old mule died.", "duration: 50-year; number/age: 50-year-old"},
		{"The ban held from 1702 to 1711.", "duration: 1702"},
		// Numbers and what they count.
		{"£40 was found, then €3 million and ¥900.", "number/money: 40; number/money: 3; number/money: 900; -date"},
		{"Tolls are 50 cents.", "number/money: 50 cents"},
		{"The anchor weighs 60 pounds.", "number/measure: 60 pounds"},
		{"Some 4 per cent left.", "number/percentage: 4 per"},
		{"Sixty per cent stayed.", "number/percentage: Sixty per"},
		{"It was -5 °C by dawn, 40° at noon.", "number/measure: 5; number/measure: 40"},
		{"The yacht did 30 knots.", "number/measure: 30 knots; -date"},
		{"About 12 % of eels returned.", "number/percentage: 12"},
		{"Only 1800 metres remain.", "number/measure: 1800 metres; -date"},
		{"There are 7 million bees.", "number/count: 7 million; -date"},
		{"One goat. A single mule.", "-number"},
		{"One hundred goats grazed.", "number/count: One hundred"},
		{"दो 12 बकरियाँ", "number/count: 12"},
		// People, and what they are called by.
		{"Rabbi Levente Szabo spoke.", "person: Rabbi Levente Szabo"},
		{"“Dig deeper,” urged Oyelaran, the well's owner.", "name: Oyelaran; group: owner"},
		{"A song by Rosalind followed.", "person: Rosalind"},
		{"The vaccine that Mirembe discovered works.", "person: Mirembe"},
		{"It’s late. He's gone, so we wait. We'll sing. Can't they?", "-name; -person; -organisation"},
		{"O'Hara said so.", "person: O'Hara"},
		{"Ludwig van der Aar and J. M. Okafor sat.", "person: Ludwig van der Aar; name: J. M. Okafor; person: J. M. Okafor"},
		{"However, Because and There begin sentences.", "name: Because"},
		{"I said that I'd go.", "-name; -person; -organisation"},
		{"Nobody met Queen Sunniva. Dr. Wu did.", "person: Queen Sunniva; person: Dr. Wu"},
		{"The Norwegians and the Portuguese traded.", "group: Norwegians; group: Portuguese; -place"},
		{"Beekeepers and midwives marched.", "-number"},
		{"The swimmers and historians met two women.", "group: historians; group: women"},
		// Places and organisations.
		{"They moved to Tromvik, Norway, in haste.", "place: Tromvik; place: Norway"},
		{"South Harrow flooded.", "place: South Harrow"},
		{"She paid at Falk & Sons Ltd.", "organisation: Falk & Sons Ltd; -person"},
		{"NATO sent the WHO a note.", "organisation: NATO; organisation: WHO"},
		{"Near Port Amery the road ends.", "place: Port Amery"},
		{"The Bank of the Isle of Rhum folded.", "organisation: Bank of the Isle of Rhum"},
		{"École Moreau, in Zürich.", "name: École Moreau; place: Zürich"},
		{"the harbour was quiet", "-name; -place; -organisation; -date; -number; -person"},
		{"...!? — “”", "-person; -date; -number; -place"},
		{"\xff\xfe 12 \x80", "number/count: 12"},
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
		{"how long did it last", "It ended in May 1920.", Loose},
		{"how long did it last", "It ended badly.", Missing},
		{"when was it dug", "It was dug in 1810.", Exact},
		{"when was it dug", "It was dug by hand.", Missing},
		{"what month was it", "It was in June.", Exact},
		{"what month was it", "It was on a Friday.", Loose},
		{"what month was it", "It was 1810.", Missing},
		{"which season was it", "It was a wet autumn.", Exact},
		{"what day is the fair", "The fair is on 4 June.", Exact},
		{"what day is the fair", "The fair is in winter.", Loose},
		{"which century was it", "It was the 9th century.", Exact},
		{"which century was it", "It was 1810.", Loose},
		{"which decade was it", "It was the 1920s.", Exact},
		{"which decade was it", "It was in June.", Missing},
		{"what time is it open", "It opens in June.", Loose},
		{"what time is it open", "It opens when it is full.", Missing},
		{"where is it moored", "It is moored in Bergvik.", Exact},
		{"where is it moored", "The Saint's mooring is near.", Loose},
		{"where is it moored", "it is moored near here", Missing},
		{"which company owns it", "It belongs to Marrow Ltd.", Exact},
		{"which company owns it", "it belongs to the crew", Missing},
		{"which tribe lived there", "Hunters lived there.", Exact},
		{"which tribe lived there", "“Elk” lived there.", Loose},
		{"which tribe lived there", "elk lived there", Missing},
		{"what is the boat called", "They call it “Gull”.", Exact},
		{"what is the boat called", "they call it old", Missing},
		{"how many came", "Some 40 came.", Exact},
		{"how many came", "They came for two weeks.", Exact},
		{"how many came", "A few came.", Missing},
		{"how old was she", "She was 9 years old.", Exact},
		{"how old was she", "She had 9 goats.", Loose},
		{"what percentage left", "12% left.", Exact},
		{"what percentage left", "12 left.", Loose},
		{"how tall is it", "It is 9 metres tall.", Exact},
		{"how tall is it", "It is very tall.", Missing},
		{"is it tall", "It is 9 metres tall.", Unasked},
		{"", "It is 9 metres tall.", Unasked},
		{"where is it", "", Missing},
		{"what time is it open", "It opens at 10:30.", Exact},
	} {
		if got := Of(c.question).In(setOf(c.passage)); got != c.want {
			t.Errorf("%q in %q = %d, want %d", c.question, c.passage, got, c.want)
		}
	}
}

// Word and Head are what follow-ups and ranking go by, so empty is told from a wrong word.
func TestWordAndHead(t *testing.T) {
	for _, c := range []struct{ question, word, head string }{
		{"Who mended the sluice?", "who", ""},
		{"WHO mended the sluice?", "who", ""},
		{"hoo mended the sluice", "who", ""},
		{"what’s the toll", "what", "toll"},
		{"How many of the three lanterns were broken?", "how", "lanterns"},
		{"how many of them broke", "how", ""},
		{"how much of it burned", "how", ""},
		{"which of us pays", "which", ""},
		{"which one of the captains lied", "which", "captains"},
		{"what year Oduya left", "what", "year"},
		{"what brass diving helmet was found", "what", "helmet"},
		{"how many old oak doors are there", "how", "doors"},
		{"When Brekke resigned, who took over?", "who", ""},
		{"Is the woman who mended it paid?", "is", ""},
		{"do you know which ship sank", "which", "ship"},
		{"name two ferries", "name", "ferries"},
		{"tell me the price", "tell", "price"},
		{"the toll, right?", "right", ""},
		{"define toll", "define", ""},
		{"toll", "", ""},
		{"the price", "", "price"},
		{"", "", ""},
	} {
		if a := Of(c.question); a.Word != c.word || a.Head != c.head {
			t.Errorf("Of(%q) has word %q, head %q, want %q, %q", c.question, a.Word, a.Head, c.word, c.head)
		}
	}
}

// A question means the same in whatever case, spacing and punctuation it is typed.
func TestOfHoweverTyped(t *testing.T) {
	for _, question := range []string{"when did the mill close", "how many looms were there", "what year did it burn", "which of the weavers spoke", "is the mill open", "name the weaver"} {
		want := Of(question)
		for _, typed := range []string{strings.ToUpper(question), question + "???", "  " + strings.ReplaceAll(question, " ", "\n\t ") + " ", "¿" + question + "…", "**" + question + "** 🙏", strings.ReplaceAll(question, " ", "\u00a0")} {
			if got := Of(typed); got != want {
				t.Errorf("Of(%q) = %+v, want %+v as for %q", typed, got, want, question)
			}
		}
	}
}

// What is told of one kind stands in text order, and each span is words of the text.
func TestToldInOrder(t *testing.T) {
	for _, text := range []string{
		"“Salt Road” by Ingrid Vass was sung in Bergvik in 1931, in May 1933 and on 4 June.",
		"In 1802 Halldis met Émile Roux at the “Hôtel du Lac” and paid £30, then 12% more, for two weeks.",
		"Olu said: \"Leave.\" Then Mr. Bright left the U.S. for Accra, Ghana, at 9:30 p.m. with 3 million coins.",
	} {
		for kind, things := range Told(text) {
			last := 0
			for _, thing := range things {
				if thing.Start < last {
					t.Errorf("Told(%q): %s %q after a later one", text, kind, text[thing.Start:thing.End])
				}
				if !utf8.ValidString(text[thing.Start:thing.End]) {
					t.Errorf("Told(%q): %s %q cuts a letter", text, kind, text[thing.Start:thing.End])
				}
				last = thing.Start
			}
		}
	}
}

// A set has what Told tells, in the grain and in any, and nothing else.
func TestSetHas(t *testing.T) {
	for _, text := range []string{"", "it was quiet", "She paid £3 in 1871.", "Dr. Moe left Oslo at 9:30 for two weeks.", "12% of the 40 women won “Gold”.", "In the 9th century, in winter, in June, on Friday, in the 1920s, she was 80 years old and 2 metres tall."} {
		set, told := setOf(text), Told(text)
		for _, kind := range append([]Kind{Reason, Opinion, YesNo}, kinds...) {
			if set.Has(kind, AnyGrain) != (len(told[kind]) > 0) {
				t.Errorf("the set of %q: %s is %v, told %v", text, kind, set.Has(kind, AnyGrain), told[kind])
			}
			for _, thing := range told[kind] {
				if !set.Has(kind, thing.Grain) {
					t.Errorf("the set of %q lacks %s in %q", text, kind, thing.Grain)
				}
			}
		}
		for _, grain := range grains {
			in := func(kind Kind) bool {
				return slices.ContainsFunc(told[kind], func(thing Thing) bool { return thing.Grain == grain })
			}
			if kind := kindOf(grain); set.Has(kind, grain) != in(kind) {
				t.Errorf("the set of %q: grain %s is %v", text, grain, set.Has(kind, grain))
			}
		}
	}
}

// kindOf is the kind that a grain is of.
func kindOf(g Grain) Kind {
	if slices.Contains([]Grain{Count, Percentage, Money, Measure, Age}, g) {
		return Number
	}
	return Date
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
				if thing.Kind != kind || thing.Start < 0 || thing.Start >= thing.End || thing.End > len(text) || utf8.ValidString(text) && !utf8.ValidString(text[thing.Start:thing.End]) {
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
