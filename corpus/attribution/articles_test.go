package attribution

import "testing"

// TestArticles reads whole short articles of every kind, with everything that is said
// in them, in order.
func TestArticles(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a report with several speakers", `Depot pilot
“The pilot ended,” Jo Hart, who runs the depot, said on Monday. Her brother Sam disagreed: “It never began.”
Asked whether the buses would return, Hart shook her head.
"Not this year," she told The Leeds Post. "Maybe never."
The union's leader, Mel Singh, was less calm. He called the plan "a disgrace" and said members would strike.
In a statement, the council said: 'We regret the inconvenience.' It added that refunds were on their way.
"You can't run a depot on promises," read a banner outside the gates.
Prime Minister Anna Weber tweeted: “Proud of our drivers.” Her office declined to comment further.
A driver who asked not to be named said the buses “were never safe to begin with”.
Hart’s deputy, Tomas Blau, laughed. “I’ve been here for 30 years,” he said. “I have seen worse.”
`, []string{
			"quote Jo Hart: The pilot ended,",
			"quote Sam: It never began.",
			"quote Jo Hart: Not this year,",
			"quote Jo Hart: Maybe never.",
			"part Mel Singh: a disgrace",
			"quote the council: We regret the inconvenience.",
			"report the council: It added that refunds were on their way.",
			"quote a banner outside the gates: You can't run a depot on promises,",
			"quote Anna Weber: Proud of our drivers.",
			"report her office: Her office declined to comment further.",
			"part a driver: were never safe to begin with",
			"quote Tomas Blau: I’ve been here for 30 years,",
			"quote Tomas Blau: I have seen worse.",
		}},
		{"a press release", `Acme to buy Blorp
LEEDS, March 3 — Acme Corp today announced that it has agreed to acquire Blorp Ltd for $3 million.
“This deal gives our customers what they asked for,” said Priya Nair, chief executive of Acme. “We could not be happier.”
“Blorp was built in a garage,” added its founder, Dov Katz. “Now the garage has a tower.”
Nair said that no jobs would be cut. The company expects the deal to close in June, she added.
Analysts at Reed & Partners were sceptical, saying the price was “frankly silly”.
According to the Financial Mail, talks began last year.
The chief executive denied reports of a rival bid. “There was no other bidder,” she insisted.
About Acme: Acme makes lamps. Contact: press@acme.example
`, []string{
			"report Acme Corp: LEEDS, March 3 — Acme Corp today announced that it has agreed to acquire Blorp Ltd for $3 million.",
			"quote Priya Nair: This deal gives our customers what they asked for,",
			"quote Priya Nair: We could not be happier.",
			"quote Dov Katz: Blorp was built in a garage,",
			"quote Dov Katz: Now the garage has a tower.",
			"report Priya Nair: Nair said that no jobs would be cut.",
			"report Priya Nair: The company expects the deal to close in June, she added.",
			"part analysts at Reed & Partners: frankly silly",
			"report Financial Mail: According to the Financial Mail, talks began last year.",
			"report Priya Nair: The chief executive denied reports of a rival bid.",
			"quote Priya Nair: There was no other bidder,",
		}},
		{"a column with a byline", `Why I left the city
By Nora Lind
I packed my bags in March. My neighbours thought I was mad. “You will be back by June,” Mrs. Olsen told me.
She was wrong. I bought a goat.
My brother, who is an accountant, wrote to me: “Sell the goat.” I did not answer him.
“Why a goat?” I asked myself every morning.
The mayor says the village needs people like me. I doubt it.
`, []string{
			"own Nora Lind: I packed my bags in March.",
			"own Nora Lind: My neighbours thought I was mad.",
			"quote Olsen: You will be back by June,",
			"own Nora Lind: She was wrong.",
			"own Nora Lind: I bought a goat.",
			"quote my brother: Sell the goat.",
			"own Nora Lind: I did not answer him.",
			"own Nora Lind: “Why a goat?”",
			"own Nora Lind: I asked myself every morning.",
			"report the mayor: The mayor says the village needs people like me.",
			"own Nora Lind: I doubt it.",
		}},
		{"questions and answers with one person", `Talk of the harbour: Q&A with Lena Moos
Lena Moos has run the harbour since 2010.
Q: Why the cranes?
A: Because I like them. My father drove one and said: “Never trust a crane.”
Q: And the fish?
A: The fish can wait.
`, []string{
			"turn the interviewer: Why the cranes?",
			"turn Lena Moos: Because I like them. My father drove one and said: “Never trust a crane.”",
			"turn the interviewer: And the fish?",
			"turn Lena Moos: The fish can wait.",
		}},
		{"minutes", `Council minutes
**CHAIR (Cllr. Ron Ames):** The meeting is open.
**MS DUARTE:** I object to item 3.
The cost is too high.
**CHAIR (Cllr. Ron Ames):** Noted.
[Applause]
**MR. PYE:** As Ms Duarte says, “the cost is too high”.
`, []string{
			"turn CHAIR: The meeting is open.",
			"turn MS DUARTE: I object to item 3.",
			"turn MS DUARTE: The cost is too high.",
			"turn CHAIR: Noted.",
			"turn MR. PYE: As Ms Duarte says, “the cost is too high”.",
		}},
		{"a report of a dispute", `Frost hits orchards
Growers in the valley lost half their crop, officials said Tuesday. "It’s a disaster," grower Bill Tran told reporters. His wife, May, said they would replant. "We always do," she said.
"The minister has not called," Tran said, adding, "and he will not."
Agriculture Minister Leo Fassbinder, 61, rejected the criticism. "I called twice," Fassbinder said. "Nobody picked up."
Neither man would say more. He said: "Ask the frost."
State climatologist Dr. R. J. Okafor—who has warned of late frosts for years—said the season "isn't over". Okafor, a former farmer herself, expects another cold spell. “Cover your trees,” she advised.
„Wir haben alles verloren“, sagte Tran.
« C’est la vie », said Marc Petit, a neighbour from Québec.
‘Frost is frost,’ as Tran’s grandfather used to say.
`, []string{
			"report officials: Growers in the valley lost half their crop, officials said Tuesday.",
			"quote Bill Tran: It’s a disaster,",
			"report May: His wife, May, said they would replant.",
			"quote May: We always do,",
			"part Bill Tran: The minister has not called,",
			"part Bill Tran: and he will not.",
			"quote Leo Fassbinder: I called twice,",
			"quote Leo Fassbinder: Nobody picked up.",
			"quote he?: Ask the frost.",
			"part R. J. Okafor: isn't over",
			"quote R. J. Okafor: Cover your trees,",
			"quote Bill Tran: Wir haben alles verloren",
			"quote Marc Petit:  C’est la vie ",
			"quote Tran’s grandfather: Frost is frost,",
		}},
		{"a list of questions", `Ferry: frequent questions
How do I buy a ticket?
Tickets are sold at the pier.
Q: Can I bring a dog?
A: Yes, on a lead.
Who runs the ferry?
The Harbour Board runs it.
`, []string{}},
		{"a letter", `To the editor
Your paper says the ferry is “an old bathtub” (May 3). I sailed on it for 40 years.
My daughter asked me: “Why do they sell it?” I had no answer.
The mayor told us that the pier would stay. We believed her.
Yours sincerely,
Olga Frei
`, []string{
			"part your paper: an old bathtub",
			"own Olga Frei: I sailed on it for 40 years.",
			"quote my daughter: Why do they sell it?",
			"own Olga Frei: I had no answer.",
			"report the mayor: The mayor told us that the pier would stay.",
			"own Olga Frei: We believed her.",
		}},
		{"a speech", `Remarks by Mayor Ines Roth at the opening of the pier
Thank you. What a day!
We built this pier in two years, and we built it together.
My grandfather used to say, “A pier is a promise.” He was right.
To the workers: you are the heroes of this town.
`, []string{
			"own Ines Roth: Thank you.",
			"own Ines Roth: What a day!",
			"own Ines Roth: We built this pier in two years, and we built it together.",
			"quote my grandfather: A pier is a promise.",
			"own Ines Roth: He was right.",
			"own Ines Roth: To the workers: you are the heroes of this town.",
		}},
		{"a podcast", `[00:00:05] HOST: Welcome back. With us is Dr. Lena Moos, who studies eels.
[00:00:11] LENA MOOS: Good to be here.
[00:00:14] HOST: Are eels fish?
[00:00:16] LENA MOOS: They are. People ask me, “Are eels snakes?” They are not.
They are fish, and they are in trouble.
[00:00:31] HOST: Thank you.
`, []string{
			"turn HOST: Welcome back. With us is Dr. Lena Moos, who studies eels.",
			"turn Lena Moos: Good to be here.",
			"turn HOST: Are eels fish?",
			"turn Lena Moos: They are. People ask me, “Are eels snakes?” They are not.",
			"turn Lena Moos: They are fish, and they are in trouble.",
			"turn HOST: Thank you.",
		}},
		{"a review", `Review: The Long Pier
“The Long Pier” is the third novel by Tomas Blau. Its hero, a pilot called Finn, says little: “I fly,” he tells the dog.
Blau, who died in 2011, called the book “my only honest one”. Critics disagreed.
“It is a book about rope,” wrote Anna Weber in the Harbour Mail. Weber, a sailor herself, admired its “salt and silence”.
His publisher, Nora Lind, told me that the manuscript “smelled of tar”. She laughed at the memory: “We aired the office for a week.”
`, []string{
			"quote Finn: I fly,",
			"part Tomas Blau: my only honest one",
			"quote Anna Weber: It is a book about rope,",
			"part Nora Lind: smelled of tar",
			"quote Nora Lind: We aired the office for a week.",
		}},
		{"an obituary", `Obituary: Otto Frei, who built boats
Otto Frei, who has died aged 91, built 400 boats and sank two.
“The sea takes its share,” he liked to say.
Born in Kiel, he learned the trade from his uncle, Hans Frei. Hans told him that glue was for cowards.
In 1961 he married Olga Weber. “He proposed in a shipyard,” she recalled. “It was loud, so I said yes.”
His daughter, Petra, said the yard would go on. “We have orders for three years,” she said.
“A boat,” Frei wrote in his diary, “is a question.”
`, []string{
			"quote Otto Frei: The sea takes its share,",
			"report Hans Frei: Hans told him that glue was for cowards.",
			"quote Olga Weber: He proposed in a shipyard,",
			"quote Olga Weber: It was loud, so I said yes.",
			"report Petra: His daughter, Petra, said the yard would go on.",
			"quote Petra: We have orders for three years,",
			"part Otto Frei: A boat,",
			"part Otto Frei: is a question.",
		}},
		{"a debate", `House debates ferry bill
MADAM SPEAKER: Order. The member for Kiel.
MR. HALE: I thank the Speaker. This bill is a bad bill.
It is a bill for ducks.
[Laughter]
MS. ROTH: Will the member give way?
MR. HALE: I will not.
MADAM SPEAKER: Order!
`, []string{
			"turn MADAM SPEAKER: Order. The member for Kiel.",
			"turn MR. HALE: I thank the Speaker. This bill is a bad bill.",
			"turn MR. HALE: It is a bill for ducks.",
			"turn MS. ROTH: Will the member give way?",
			"turn MR. HALE: I will not.",
			"turn MADAM SPEAKER: Order!",
		}},
		{"questions without labels", `Ask the expert: Kim Olsen on eels
Kim Olsen has studied eels for ten years.
Are eels fish?
They are. I get that question a lot, and I love it.
Where do they go?
Nobody knows. My own guess is the Sargasso Sea.
Will they survive?
I hope so. We all have to help.
`, []string{
			"turn Kim Olsen: They are. I get that question a lot, and I love it.",
			"turn Kim Olsen: Nobody knows. My own guess is the Sargasso Sea.",
			"turn Kim Olsen: I hope so. We all have to help.",
		}},
		{"a court report", `Court hears ferry case
A ferry captain “ignored three warnings” before his ship hit the pier, a court heard on Monday.
Prosecutor Dana Klein told the jury that Captain Joseph Moor, 54, had been “on his phone for eleven minutes”.
Moor denies the charge. His lawyer, Sam Abel, said: “My client saw the pier. The pier was not where it should be.”
Judge Ruth Kane asked whether piers move. “This one does,” Abel replied.
A witness, who cannot be named, told the court: ‘I heard him shout “Not again!” and then there was a bang.’
According to a police report, no alcohol was found.
The trial continues.
`, []string{
			"part Dana Klein: on his phone for eleven minutes",
			"report Joseph Moor: Moor denies the charge.",
			"quote Sam Abel: My client saw the pier. The pier was not where it should be.",
			"report Ruth Kane: Judge Ruth Kane asked whether piers move.",
			"quote Sam Abel: This one does,",
			"quote a witness: I heard him shout “Not again!” and then there was a bang.",
		}},
		{"a report of a flood", `“We will rebuild”: town after the flood
KIEL — “We will rebuild,” Mayor Ines Roth vowed on Sunday, as water left the streets of the old town.
Roth, 48, said 300 houses were damaged; her deputy, Tom Beck, put the number at 340.
“I have lived here for 40 years and have never seen anything like it,” said Ida Lund, a retired teacher. “My piano floated.”
Her neighbour agreed: “It floated past my window.”
The Red Cross said it had sent blankets. It asked for volunteers.
Scientists warned of more rain. “The ground cannot take it,” said hydrologist Mark Ude of the University of Kiel.
The government in Berlin promised help, but Beck was doubtful. “They promised in 2013, too,” he said.
“[We] are not alone,” Roth told the crowd. “We have each other … and we have pumps.”
`, []string{
			"quote Ines Roth: We will rebuild,",
			"report Ines Roth: Roth, 48, said 300 houses were damaged; her deputy, Tom Beck, put the number at 340.",
			"quote Ida Lund: I have lived here for 40 years and have never seen anything like it,",
			"quote Ida Lund: My piano floated.",
			"quote her neighbour: It floated past my window.",
			"report Red Cross: The Red Cross said it had sent blankets.",
			"report scientists: Scientists warned of more rain.",
			"quote Mark Ude: The ground cannot take it,",
			"quote Tom Beck: They promised in 2013, too,",
			"quote Ines Roth: [We] are not alone,",
			"quote Ines Roth: We have each other … and we have pumps.",
		}},
		{"a statement over paragraphs", `Statement from the Harbour Board
The Harbour Board regrets the loss of the ferry.
The Board’s chair, Lena Moos, said: “It was an accident.
“We have learned from it.
“It will not happen again.”
She thanked the crew.
`, []string{
			"quote Lena Moos: It was an accident.",
			"quote Lena Moos: We have learned from it.",
			"quote Lena Moos: It will not happen again.",
			"report Lena Moos: She thanked the crew.",
		}},
		{"initials", `Film night: a talk with Ada Marsh
Ada Marsh (AM) spoke to Ben Cole (BC) about her new film.
BC: Why ducks?
AM: They look serious.
BC: Your producer said “no ducks”.
AM: He did, and then he met the ducks.
`, []string{
			"turn Ben Cole: Why ducks?",
			"turn Ada Marsh: They look serious.",
			"turn Ben Cole: Your producer said “no ducks”.",
			"turn Ada Marsh: He did, and then he met the ducks.",
		}},
		{"a poll", `Poll: ferries loved
Two thirds of the town love the ferry, a survey found.
“I’d marry it,” said one woman, who did not want to give her name.
Others were cooler. One man called it “slow”; another said he preferred “anything with wheels”.
Several respondents said that fares were too high.
The pollster, Harbour Data, declined to comment. Its founder, Uli Stern, later tweeted: “People love boats. News at ten.”
`, []string{
			"quote one woman: I’d marry it,",
			"part one man: slow",
			"part another: anything with wheels",
			"report several respondents: Several respondents said that fares were too high.",
			"report the pollster: The pollster, Harbour Data, declined to comment.",
			"quote Uli Stern: People love boats. News at ten.",
		}},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.text, c.want...) })
	}
}
