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
		{"a wire report with a dateline", `Glacier village votes to move
UUMMANNAQ, Greenland, Nov. 3 (North Wire) — The people of a village below a glacier voted on Sunday to move it, officials said.
“The ice gave us our answer,” said Malik Petersen, who heads the village council. He said the first houses would be taken down in June.
Petersen's aunt, Nivi Petersen, 88, voted against. "I was born in that house," she told North Wire. "I mean to die in it."
The government, in a statement issued on Monday, said the move would cost 40 million kroner. It gave no date.
"They have the money for a harbor," Nivi Petersen added. "They can leave me a stove."
`, []string{
			"report officials: UUMMANNAQ, Greenland, Nov. 3 (North Wire) — The people of a village below a glacier voted on Sunday to move it, officials said.",
			"quote Malik Petersen: The ice gave us our answer,",
			"report Malik Petersen: He said the first houses would be taken down in June.",
			"quote Nivi Petersen: I was born in that house,",
			"quote Nivi Petersen: I mean to die in it.",
			"report the government: The government, in a statement issued on Monday, said the move would cost 40 million kroner.",
			"quote Nivi Petersen: They have the money for a harbor,",
			"quote Nivi Petersen: They can leave me a stove.",
		}},
		{"a match report", `Sloths stun Herons in the rain
Coach Bruno Alves praised his young side after the Sloths beat the Herons 3-2 on Saturday.
"Nobody gave us a chance," Alves said. "Least of all me."
Striker Yaw Mensah, who scored twice, was carried from the pitch. "My legs are gone," he laughed.
The Herons' captain, Piet de Vries, blamed the referee. "He needs new glasses," said De Vries, "or a new job."
Referee Ilse Brandt declined to comment.
"It was the best match I ever lost," the Herons' goalkeeper said.
`, []string{
			"report Bruno Alves: Coach Bruno Alves praised his young side after the Sloths beat the Herons 3-2 on Saturday.",
			"quote Bruno Alves: Nobody gave us a chance,",
			"quote Bruno Alves: Least of all me.",
			"quote Yaw Mensah: My legs are gone,",
			"report Piet de Vries: The Herons' captain, Piet de Vries, blamed the referee.",
			"part Piet de Vries: He needs new glasses,",
			"part Piet de Vries: or a new job.",
			"report Ilse Brandt: Referee Ilse Brandt declined to comment.",
			"quote the Herons' goalkeeper: It was the best match I ever lost,",
		}},
		{"a magazine portrait in the present tense", `The woman who mends bells
Every morning Teodora Ilieva climbs 212 steps with a bag of files. “A bell lies if you do not listen,” she says.
Ilieva was nine when she heard her first crack. Her mother, a cook, thought she was mad.
“She took me to a doctor,” Ilieva recalls. “He asked me which note the clock in his hall struck. I told him it was flat.”
Her apprentice is a former boxer, Kwame Addo. “She hears things,” Addo says, shaking his head. “I only hear bells.”
Does she ever tire of it? “Ask me when I am deaf,” she says.
`, []string{
			"quote Teodora Ilieva: A bell lies if you do not listen,",
			"quote Teodora Ilieva: She took me to a doctor,",
			"quote Teodora Ilieva: He asked me which note the clock in his hall struck. I told him it was flat.",
			"quote Kwame Addo: She hears things,",
			"quote Kwame Addo: I only hear bells.",
			"quote Teodora Ilieva: Ask me when I am deaf,",
		}},
		{"a study", `Crows count, study finds
Crows can count to eight, researchers reported on Wednesday.
“We did not believe it ourselves,” said Dr. Hana Kobayashi, a biologist at the University of Tartu and the study's lead author. “So we did it again.”
The birds, Kobayashi said, were never given a reward.
Not everyone is convinced. “A crow that counts is a crow that was taught,” said Luis Ferrer, who was not involved in the research.
The paper calls the result “robust”.
`, []string{
			"report researchers: Crows can count to eight, researchers reported on Wednesday.",
			"quote Hana Kobayashi: We did not believe it ourselves,",
			"quote Hana Kobayashi: So we did it again.",
			"report Hana Kobayashi: The birds, Kobayashi said, were never given a reward.",
			"quote Luis Ferrer: A crow that counts is a crow that was taught,",
			"part the paper: robust",
		}},
		{"a British tabloid with single marks", `'MY GOAT ATE THE DEEDS'
Farmer Reg Tolley, 71, was left without a house when his goat ate the papers.
'I turned my back for one minute,' the grandad-of-six told the Mirrorpost. 'One minute!'
His wife Doreen, 69, said: 'I've told him about that goat.'
A neighbour, who didn't want to be named, said the goat was 'a menace'.
A spokesman for the Land Office said: 'We can't comment on goats.'
`, []string{
			"quote the grandad-of-six: I turned my back for one minute,",
			"quote the grandad-of-six: One minute!",
			"quote Doreen: I've told him about that goat.",
			"part a neighbour: a menace",
			"quote a spokesman for the Land Office: We can't comment on goats.",
		}},
		{"a French paper in English, with guillemets", `A baker against the bridge
« This bridge will kill my street », says the baker Amélie Roux. « Who walks over a motorway for a baguette? »
The mayor, Jean-Luc Faure, does not agree. « A bridge never killed a baker », he answers.
According to the prefecture, work begins in spring.
`, []string{
			"quote Amélie Roux:  This bridge will kill my street ",
			"quote Amélie Roux:  Who walks over a motorway for a baguette? ",
			"quote Jean-Luc Faure:  A bridge never killed a baker ",
			"report the prefecture: According to the prefecture, work begins in spring.",
		}},
		{"a German paper in English", `The last tram
„We could not keep it“, said Dieter Krause, who ran the depot for 30 years. „It was older than I am.“
»I cried«, his colleague Uta Lorenz admitted.
‚It was only a tram‘, the mayor said.
`, []string{
			"quote Dieter Krause: We could not keep it",
			"quote Dieter Krause: It was older than I am.",
			"quote Uta Lorenz: I cried",
			"quote the mayor: It was only a tram",
		}},
		{"a court ruling", `Ruling on the well
The court held on Tuesday that the well belongs to nobody.
Writing for the majority, Justice Adaeze Eze said the deed of 1871 was “a forgery, and a poor one”.
Justice Paul Lindqvist dissented. “A well,” he wrote, “belongs to those who drink from it.”
The villagers' lawyer, Mina Sato, said she would appeal. “We have been thirsty before,” she said outside the court.
`, []string{
			"report the court: The court held on Tuesday that the well belongs to nobody.",
			"part Adaeze Eze: a forgery, and a poor one",
			"part Paul Lindqvist: A well,",
			"part Paul Lindqvist: belongs to those who drink from it.",
			"report Mina Sato: The villagers' lawyer, Mina Sato, said she would appeal.",
			"quote Mina Sato: We have been thirsty before,",
		}},
		{"a recipe with a story", `My grandmother's plum cake
By Zofia Wrona
My grandmother never measured anything. “Flour until it stops asking,” she used to say.
I measured it for you, and I wrote it down.
My husband says the cake is too sour. I tell him to eat it with cream.
`, []string{
			"own Zofia Wrona: My grandmother never measured anything.",
			"quote my grandmother: Flour until it stops asking,",
			"own Zofia Wrona: I measured it for you, and I wrote it down.",
			"report my husband: My husband says the cake is too sour.",
			"own Zofia Wrona: I tell him to eat it with cream.",
		}},
		{"a blog post that answers a company", `Why I deleted the app
By Rohan Iyer
I used the app for three years, and I liked it.
Then I read its new terms. They say that the company “may listen at any time”.
I wrote to support. A friendly bot replied: “Your concern matters to us!”
I asked for a person. I am still waiting.
`, []string{
			"own Rohan Iyer: I used the app for three years, and I liked it.",
			"own Rohan Iyer: Then I read its new terms.",
			"part they?: may listen at any time",
			"own Rohan Iyer: I wrote to support.",
			"quote a friendly bot: Your concern matters to us!",
			"own Rohan Iyer: I asked for a person.",
			"own Rohan Iyer: I am still waiting.",
		}},
		{"a live blog", `Storm Ottilie: live
18:42 The bridge is closed, the road agency says.
19:05 “Stay at home,” mayor Kirsi Laine tells residents in a video.
19:30 A reader, Pekka, writes: “My shed has left for Sweden.”
20:11 The power is back in the north of the town.
20:15 Laine has now said that the schools will stay shut tomorrow.
`, []string{
			"report the road agency: 18:42 The bridge is closed, the road agency says.",
			"quote Kirsi Laine: Stay at home,",
			"quote Pekka: My shed has left for Sweden.",
			"report Kirsi Laine: 20:15 Laine has now said that the schools will stay shut tomorrow.",
		}},
		{"headings, captions and credits between paragraphs", `The island that sold its lighthouse
## A light goes out
Photo: The lighthouse in 1932. Credit: Harbour Museum
“It blinked at my wedding,” says Maeve Doyle, who grew up below it.
### What happens next
The buyer, a hotel chain, has promised to keep the lamp.
“A lamp is not a light,” Doyle says.
Image: Maeve Doyle in front of the gate
`, []string{
			"quote Maeve Doyle: It blinked at my wedding,",
			"report the buyer: The buyer, a hotel chain, has promised to keep the lamp.",
			"quote Maeve Doyle: A lamp is not a light,",
		}},
		{"an open letter of several", `An open letter to the theatre board
We, the undersigned, are actors of this house.
You told the papers that nobody would lose a job. Eleven of us have lost theirs.
Your director called us “a family”. Families do not send bills.
Yours faithfully,
Clemens Ohr
`, []string{
			"own Clemens Ohr: We, the undersigned, are actors of this house.",
			"own Clemens Ohr: You told the papers that nobody would lose a job.",
			"own Clemens Ohr: Eleven of us have lost theirs.",
			"part your director: a family",
			"own Clemens Ohr: Families do not send bills.",
		}},
		{"a sermon", `Sermon by Rev. Tobias Achterberg
Good morning, everyone.
When I was a boy, I stole a pear. My father found out.
He asked me: “Was it sweet?” It was not.
We all have our pears.
`, []string{
			"own Tobias Achterberg: Good morning, everyone.",
			"own Tobias Achterberg: When I was a boy, I stole a pear.",
			"own Tobias Achterberg: My father found out.",
			"quote my father: Was it sweet?",
			"own Tobias Achterberg: It was not.",
			"own Tobias Achterberg: We all have our pears.",
		}},
		{"a call with analysts", `Blorp Ltd, third quarter call
Operator: Good day, and welcome.
Priya Nair -- Chief Executive Officer: Thank you. We sold more lamps than ever.
Sales rose by a tenth.
Dov Katz -- Chief Financial Officer: Margins fell.
Operator: Our first question is from Lin Wei of Reed.
Lin Wei -- Reed -- Analyst: Why did they fall?
Dov Katz -- Chief Financial Officer: Glass.
`, []string{
			"turn Operator: Good day, and welcome.",
			"turn Priya Nair: Thank you. We sold more lamps than ever.",
			"turn Priya Nair: Sales rose by a tenth.",
			"turn Dov Katz: Margins fell.",
			"turn Operator: Our first question is from Lin Wei of Reed.",
			"turn Lin Wei: Why did they fall?",
			"turn Dov Katz: Glass.",
		}},
		{"a hearing", `Hearing before the Committee on Bees
The CHAIRWOMAN. The committee will come to order.
Mr. OKORO. Thank you, Madam Chairwoman. I keep 40 hives.
I lost half of them last winter.
The CHAIRWOMAN. To what?
Mr. OKORO. To a mite, and to a neighbor.
[Laughter.]
The CHAIRWOMAN. The gentleman's time has expired.
`, []string{
			"turn The CHAIRWOMAN: The committee will come to order.",
			"turn Mr. OKORO: Thank you, Madam Chairwoman. I keep 40 hives.",
			"turn Mr. OKORO: I lost half of them last winter.",
			"turn The CHAIRWOMAN: To what?",
			"turn Mr. OKORO: To a mite, and to a neighbor.",
			"turn The CHAIRWOMAN: The gentleman's time has expired.",
		}},
		{"an interview with bold questions", `Five questions for Ngozi Eze
Ngozi Eze paints on doors. We met her in Lagos.
**Why doors?**
Because nobody throws a door away. I found my first one in a river.
**Who buys them?**
People with walls, I suppose.
**What will you paint next?**
I would love to paint a gate.
`, []string{
			"turn the interviewer: Why doors?",
			"turn Ngozi Eze: Because nobody throws a door away. I found my first one in a river.",
			"turn the interviewer: Who buys them?",
			"turn Ngozi Eze: People with walls, I suppose.",
			"turn the interviewer: What will you paint next?",
			"turn Ngozi Eze: I would love to paint a gate.",
		}},
		{"an interview with names in full and then short ones", `“I never wanted a crown”
Sofia Lindgren: You were king for a day. How was it?
Mateus Prado: Short.
Lindgren: And the crown?
Prado: Heavy. My mother said, “Take it off, you will catch a cold.”
Lindgren: Did you?
Prado: I did what she told me.
`, []string{
			"turn Sofia Lindgren: You were king for a day. How was it?",
			"turn Mateus Prado: Short.",
			"turn Sofia Lindgren: And the crown?",
			"turn Mateus Prado: Heavy. My mother said, “Take it off, you will catch a cold.”",
			"turn Sofia Lindgren: Did you?",
			"turn Mateus Prado: I did what she told me.",
		}},
		{"an election night", `Greens take the valley
The Greens won every village in the valley on Sunday, according to the electoral commission.
“The frogs voted,” their leader, Silvan Hug, told cheering supporters in Chur.
The outgoing governor, Regula Frei, conceded at 9 p.m. In a short speech she thanked her staff and wished Hug well.
She did not say whether she would stay in politics.
Her party's treasurer was less gracious. “They bought it with beer,” he said.
Hug denied this. “It was cider,” he said.
`, []string{
			"report the electoral commission: The Greens won every village in the valley on Sunday, according to the electoral commission.",
			"quote Silvan Hug: The frogs voted,",
			"report Regula Frei: In a short speech she thanked her staff and wished Hug well.",
			"quote her party's treasurer: They bought it with beer,",
			"report Silvan Hug: Hug denied this.",
			"quote Silvan Hug: It was cider,",
		}},
		{"a history", `The siege of the mill
In 1643 the miller's widow, Griet Maas, shut the gate. “Let them eat stones,” she is said to have cried.
The general, Ambrosius Keller, wrote home that the widow was “worth a regiment”.
A monk who was there noted in his diary: “She threw the first loaf herself.”
Historians doubt the story. “There is no record of a loaf,” argues Joost Bakker in his book on the siege.
`, []string{
			"quote Griet Maas: Let them eat stones,",
			"part Ambrosius Keller: worth a regiment",
			"quote a monk: She threw the first loaf herself.",
			"quote Joost Bakker: There is no record of a loaf,",
		}},
		{"a product review", `Tested: the Kettle 9
The Kettle 9 costs 200 euros. Its maker, Fumo, promises “silence”.
I boiled it for a week. My cat left the room each time.
Fumo's head of design, Lia Conti, told me that silence is “a feeling”.
Verdict: buy earplugs.
`, []string{
			"part Fumo: silence",
			"part Lia Conti: a feeling",
		}},
		{"a magazine with its best words set apart", `The last smith of Grindal
“I have burnt every finger I own”
Ulrike Sand opens the forge at five. She says little before eight.
“A horse forgives you. A customer does not.”
“I started at twelve,” she says. “I have burnt every finger I own. A horse forgives you. A customer does not.”
Her daughter, Mette, wants to close it. “There are four horses left in the valley,” says Mette.
`, []string{
			"quote Ulrike Sand: A horse forgives you. A customer does not.",
			"quote Ulrike Sand: I started at twelve,",
			"quote Ulrike Sand: I have burnt every finger I own. A horse forgives you. A customer does not.",
			"quote Mette: There are four horses left in the valley,",
		}},
		{"news of a strike, with a union and a firm", `Bus drivers stop
Drivers of Quickline walked out at dawn on Thursday over what their union called “slave rosters”.
“My members sleep in their buses,” said Gwen Pritchard of the Union of Road Workers.
Quickline said in a statement that it was “surprised and saddened”. The company added that talks would go on.
Passengers were divided. “Good for them,” said Ali Demir, 34, a nurse who had walked for an hour. Others swore.
A Quickline manager who spoke on condition of anonymity said the rosters were “indefensible”.
Pritchard said the strike would last until “somebody answers the phone”.
`, []string{
			"part Union of Road Workers: slave rosters",
			"quote Gwen Pritchard: My members sleep in their buses,",
			"part Quickline: surprised and saddened",
			"report the company: The company added that talks would go on.",
			"quote Ali Demir: Good for them,",
			"part a Quickline manager: indefensible",
			"part Gwen Pritchard: somebody answers the phone",
		}},
		{"a trial with a witness and her interpreter", `Smuggler “paid in cheese”
The court in Aosta heard on Friday how a smuggler paid his men.
“In cheese,” Fulvia Rey told the judges through an interpreter. “Always the old cheese.”
Asked by the prosecutor, Enzo Marchetti, whether she had eaten any, the witness laughed.
“It was evidence,” she replied, “so we ate it quickly.”
The accused, who faces ten years in prison, said nothing.
His lawyer argued that cheese is not money.
`, []string{
			"quote Fulvia Rey: In cheese,",
			"quote Fulvia Rey: Always the old cheese.",
			"part Fulvia Rey: It was evidence,",
			"part Fulvia Rey: so we ate it quickly.",
			"report his lawyer: His lawyer argued that cheese is not money.",
		}},
		{"a science column with a footnote and links", `Why ice is slippery
Ice is slippery, [Michael Faraday](https://example.org/faraday) suggested in 1850, because it is wet.[1]
“That is half of it,” says the chemist Ragnhild Moe.[2] “The other half is that its surface is restless.”
Moe's group in [Tromsø](https://example.org/tromso) has filmed it. “You can see it dance,” she says.
Her critics are not won over. Dance, they say, is a word for a stage.
`, []string{
			"report Michael Faraday: Ice is slippery, [Michael Faraday](https://example.org/faraday) suggested in 1850, because it is wet.",
			"quote Ragnhild Moe: That is half of it,",
			"quote Ragnhild Moe: The other half is that its surface is restless.",
			"quote Ragnhild Moe: You can see it dance,",
			"report they?: Dance, they say, is a word for a stage.",
		}},
		{"a travel piece in the first person", `Slow boat to Ushk
By Maren Holt
I had a ticket and no plan. The captain, a widower named Dragan, asked me whether I was lost.
“Not yet,” I said. “Nobody is lost in Ushk,” he said.
We left at four. My cabin smelled of onions.
A nun in the next bunk prayed aloud all night. “For the boat,” she told me in the morning, “not for you.”
In Ushk I understood what Dragan meant.
`, []string{
			"own Maren Holt: I had a ticket and no plan.",
			"report Dragan: The captain, a widower named Dragan, asked me whether I was lost.",
			"quote Maren Holt: Not yet,",
			"quote Dragan: Nobody is lost in Ushk,",
			"own Maren Holt: We left at four.",
			"own Maren Holt: My cabin smelled of onions.",
			"own Maren Holt: A nun in the next bunk prayed aloud all night.",
			"part a nun: For the boat,",
			"part a nun: not for you.",
			"own Maren Holt: In Ushk I understood what Dragan meant.",
		}},
		{"a parliament's debate told in prose", `Lords argue over owls
Lord Pemberton (Crossbench) told the House that owls were “the only honest voters”.
Baroness Achebe, for the Government, replied that owls had no votes.
“Then who elected the noble Baroness?” asked Lord Pemberton, to laughter.
The Lord Speaker called for order.
Summing up, Lady Achebe promised a review.
`, []string{
			"part Pemberton: the only honest voters",
			"report Achebe: Baroness Achebe, for the Government, replied that owls had no votes.",
			"quote Pemberton: Then who elected the noble Baroness?",
			"report the Lord Speaker: The Lord Speaker called for order.",
		}},
		{"a note of corrections", `Corrections
An article on May 3 misspelled the name of a beekeeper. She is Ottilie Krantz, not Otilia Kranz.
A caption on the same page said the bees were wasps. They were bees.
`, []string{}},
		{"an advice column", `Ask Aunt Philippa
Dear Aunt Philippa, my neighbour sings at night. What should I do? Sleepless, Bath
Dear Sleepless, have you tried singing back?
My late husband snored in two keys. I bought a tuba.
He said, “That is not funny.” He never snored again.
Yours, Philippa Gaunt
`, []string{
			"own Philippa Gaunt: Dear Aunt Philippa, my neighbour sings at night.",
			"own Philippa Gaunt: What should I do?",
			"own Philippa Gaunt: Dear Sleepless, have you tried singing back?",
			"own Philippa Gaunt: My late husband snored in two keys.",
			"own Philippa Gaunt: I bought a tuba.",
			"quote my late husband: That is not funny.",
			"own Philippa Gaunt: He never snored again.",
		}},
		{"a podcast with three voices and a jingle", `Episode 12: Moss
[music]
**Nadia Khoury:** This is Soft Ground. I am Nadia Khoury.
**Jonas Ek:** And I am Jonas Ek.
**Nadia Khoury:** Our guest wrote a book on moss.
**Wangari Njoroge:** Hello. Somebody had to.
**Jonas Ek:** Is it true that you said “Moss is the skin of time”?
**Wangari Njoroge:** My publisher said that. I said it was green.
[music]
`, []string{
			"turn Nadia Khoury: This is Soft Ground. I am Nadia Khoury.",
			"turn Jonas Ek: And I am Jonas Ek.",
			"turn Nadia Khoury: Our guest wrote a book on moss.",
			"turn Wangari Njoroge: Hello. Somebody had to.",
			"turn Jonas Ek: Is it true that you said “Moss is the skin of time”?",
			"turn Wangari Njoroge: My publisher said that. I said it was green.",
		}},
		{"a statement of a ministry with its minister", `Ministry of Fish: no shortage of eels
The Ministry of Fish has today denied that there is a shortage of eels.
The Minister, Alasdair Boyd, said: “There are as many eels as there ever were.
“They are simply elsewhere.”
He said that a count would be made in autumn.
Notes to editors: an eel is a fish.
`, []string{
			"report Ministry of Fish: The Ministry of Fish has today denied that there is a shortage of eels.",
			"quote Alasdair Boyd: There are as many eels as there ever were.",
			"quote Alasdair Boyd: They are simply elsewhere.",
			"report Alasdair Boyd: He said that a count would be made in autumn.",
		}},
		{"two of one name", `The Brandts sell up
Heike Brandt and her brother Jürgen Brandt have sold their mill to a bank.
“It was time,” Heike Brandt said. “It was not time,” said her brother.
Brandt declined to give the price.
Ms Brandt said that the wheel would stay.
“The wheel is rotten,” Jürgen said.
`, []string{
			"quote Heike Brandt: It was time,",
			"quote Jürgen Brandt: It was not time,",
			"report Heike Brandt: Brandt declined to give the price.",
			"report Heike Brandt: Ms Brandt said that the wheel would stay.",
			"quote Jürgen Brandt: The wheel is rotten,",
		}},
		{"a street poll", `What do you want for winter?
We asked people in the market of Brno.
“Snow,” said Pavla Dvořáková, 19. “A lot of it.”
“A warm coat,” said her friend, who gave her name as Iva.
“Nothing,” said a man with a dog. The dog barked.
Radek Holub, 70, thought for a while. “To see another one.”
`, []string{
			"quote Pavla Dvořáková: Snow,",
			"quote Pavla Dvořáková: A lot of it.",
			"quote her friend: A warm coat,",
			"quote a man with a dog: Nothing,",
			"quote Radek Holub: To see another one.",
		}},
		{"a report whose speaker is named after his words", `Dam holds
“Nobody sleeps tonight,” he told his men at the dam. “Nobody goes home.”
Colonel Nikolai Bratu did not sleep himself. At dawn he telephoned the minister: “She holds.”
“We owe him the town,” the minister, Dorina Pop, said later.
`, []string{
			"quote he?: Nobody sleeps tonight,",
			"quote he?: Nobody goes home.",
			"quote Nikolai Bratu: She holds.",
			"quote Dorina Pop: We owe him the town,",
		}},
		{"a news brief of one paragraph", `Ferry stuck in ice. The ferry Aurinko was stuck in ice off Vaasa on Tuesday with 40 on board, the coast guard said. “They have soup,” said its duty officer, Lasse Niemi. A passenger, Tuula, told the radio that there was no soup left. “He is thinking of another ferry,” she said.
`, []string{
			"report the coast guard: The ferry Aurinko was stuck in ice off Vaasa on Tuesday with 40 on board, the coast guard said.",
			"quote Lasse Niemi: They have soup,",
			"report Tuula: A passenger, Tuula, told the radio that there was no soup left.",
			"quote Tuula: He is thinking of another ferry,",
		}},
		{"an obituary with sayings and a will", `Yolanda Cruz, maker of kites, 1934–2024
Yolanda Cruz sold her first kite to a priest. “He asked whether it could reach God,” she told this paper in 1999. “I said it depended on the string.”
Her father, Ramón, had wanted a son. “He got a storm instead,” Cruz liked to say.
In her will she wrote: “No flowers. Wind.”
She is survived by a sister, Pilar, who said the house was “very quiet now”.
`, []string{
			"quote Yolanda Cruz: He asked whether it could reach God,",
			"quote Yolanda Cruz: I said it depended on the string.",
			"quote Yolanda Cruz: He got a storm instead,",
			"quote Yolanda Cruz: No flowers. Wind.",
			"part Pilar: very quiet now",
		}},
		{"minutes with offices only", `Residents' meeting
CHAIR: The roof leaks.
TREASURER: There is no money for the roof.
SECRETARY: I noted that last year.
TREASURER: And the year before.
CHAIR: Any other business?
`, []string{
			"turn CHAIR: The roof leaks.",
			"turn TREASURER: There is no money for the roof.",
			"turn SECRETARY: I noted that last year.",
			"turn TREASURER: And the year before.",
			"turn CHAIR: Any other business?",
		}},
		{"a police interview that a report gives in part", `Night at the depot
The police have released a part of the interview with the night guard, Emil Stoica.
Officer: Where were you at two?
Stoica: In the cabin. I was reading.
Officer: Reading what?
Stoica: A book on guards.
The interview lasted six hours. Mr Stoica was not charged.
`, []string{
			"turn Officer: Where were you at two?",
			"turn Emil Stoica: In the cabin. I was reading.",
			"turn Officer: Reading what?",
			"turn Emil Stoica: A book on guards.",
		}},
		{"a leader of a paper without an author", `The price of bread
Bread costs too much, and the Government knows it.
The Minister says that wheat is dear. So it is, and so are ministers.
“Let them wait,” he told Parliament in May. They have waited.
We hope that he will eat his words; they are cheaper.
`, []string{
			"report the Minister: The Minister says that wheat is dear.",
			"quote the Minister: Let them wait,",
		}},
		{"a feature that opens with a scene", `“Watch your head,” the old woman says, too late. She is called Perpetua Nkosi, and this is her mine.
Nkosi, 79, bought it for one coin. “The man laughed,” she says. “I laughed last.”
Her lawyer, Sipho Dube, calls the sale “the best mistake in the province”.
The man himself, Hendrik Vos, hangs up when asked. His son does not. “Dad thought it was empty,” says the son.
`, []string{
			"quote the old woman: Watch your head,",
			"quote Perpetua Nkosi: The man laughed,",
			"quote Perpetua Nkosi: I laughed last.",
			"part Sipho Dube: the best mistake in the province",
			"quote the son: Dad thought it was empty,",
		}},
		{"a chronicle with letters of two", `Two letters from the siege
On 4 June the captain, Rui Matos, wrote to his wife:
“The wall holds. So do I.
“Send socks.”
His wife, Inês Matos, answered on 9 June:
“I sold the socks. Come home.”
`, []string{
			"quote Rui Matos: The wall holds. So do I.",
			"quote Rui Matos: Send socks.",
			"quote Inês Matos: I sold the socks. Come home.",
		}},
		{"an explainer in questions and answers", `The new bin law, explained
What changes?
From May, every house gets four bins.
Who decided this?
The council. “Three were not enough,” its head, Lotte Maas, said.
Do I have to sort my waste?
Yes. Inspectors will look, the council says.
`, []string{
			"quote Lotte Maas: Three were not enough,",
			"report the council: Inspectors will look, the council says.",
		}},
		{"an essay that quotes the dead", `On waiting
I have waited for trains all my life, and I am good at it.
The philosopher Ilse Graun wrote that waiting is “time with its shoes off”. I disagree.
“To wait is to work,” my uncle said, and he was a signalman.
I asked him once what for. He shrugged.
I still wait. My train is late.
`, []string{
			"own the author?: I have waited for trains all my life, and I am good at it.",
			"part Ilse Graun: time with its shoes off",
			"own the author?: I disagree.",
			"quote my uncle: To wait is to work,",
			"own the author?: I asked him once what for.",
			"own the author?: He shrugged.",
			"own the author?: I still wait.",
			"own the author?: My train is late.",
		}},
		{"a portrait whose quotations are hers alone", `Gulnora Ergasheva paints with smoke
Gulnora Ergasheva has no brushes. “A brush is a broom,” she says.
“My mother cooked with wet wood,” Ergasheva says. “I learnt to read the ceiling.”
The room is black.
“You get used to the coughing.”
Who buys them? “People without lungs.”
`, []string{
			"quote Gulnora Ergasheva: A brush is a broom,",
			"quote Gulnora Ergasheva: My mother cooked with wet wood,",
			"quote Gulnora Ergasheva: I learnt to read the ceiling.",
			"quote Gulnora Ergasheva: You get used to the coughing.",
		}},
		{"a speech below a line that tells who gave it", `Opening of the lock
Governor Teresa Quiroga delivered these remarks at the lock on Friday.
Good evening, friends. We dug for nine years.
I fell in twice. My shoes are still down there.
They told us that water does not climb. Tonight it will.
`, []string{
			"own Teresa Quiroga: Good evening, friends.",
			"own Teresa Quiroga: We dug for nine years.",
			"own Teresa Quiroga: I fell in twice.",
			"own Teresa Quiroga: My shoes are still down there.",
			"report they?: They told us that water does not climb.",
			"own Teresa Quiroga: Tonight it will.",
		}},
		{"a page in British marks over paragraphs", `The well at Thwaite
Mrs Agnes Pell keeps the well. ‘My mother kept it,’ she says. ‘It’s the Pells’ well.
‘We don’t charge. We never did.
‘But the bucket’s our own.’
The vicar, Father Noel, won’t drink from it. ‘I’ve seen the bucket,’ he says.
`, []string{
			"quote Agnes Pell: My mother kept it,",
			"quote Agnes Pell: It’s the Pells’ well.",
			"quote Agnes Pell: We don’t charge. We never did.",
			"quote Agnes Pell: But the bucket’s our own.",
			"quote Noel: I’ve seen the bucket,",
		}},
		{"a press conference with reporters", `Press conference on the eel count
REPORTER: Minister, how many eels are there?
ALASDAIR BOYD: Enough.
REPORTER: Could you be more exact?
ALASDAIR BOYD: I could. I won't.
(Laughter)
SECOND REPORTER: Do you eat them?
ALASDAIR BOYD: My wife does.
`, []string{
			"turn REPORTER: Minister, how many eels are there?",
			"turn ALASDAIR BOYD: Enough.",
			"turn REPORTER: Could you be more exact?",
			"turn ALASDAIR BOYD: I could. I won't.",
			"turn SECOND REPORTER: Do you eat them?",
			"turn ALASDAIR BOYD: My wife does.",
		}},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, c.text, c.want...) })
	}
}
