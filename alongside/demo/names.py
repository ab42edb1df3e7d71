"""Invented names, mixed as the county's people are."""

FIRST = """Abena Adam Agnes Ahmed Aileen Alan Alice Amina Amir Andrew Angela Anita Ann Anthony Arjun
Arthur Asha Audrey Barbara Ben Bernard Beth Bilal Brenda Brian Bridget Callum Carol Catherine Charles
Chidi Chloe Christine Claire Clive Connor Dalia Daniel Daphne David Dawn Deborah Deepak Denise Derek
Diane Donald Doreen Dylan Edith Eileen Elena Elizabeth Ellie Emeka Emily Eric Esther Ethan Farah Fatima
Fay Felix Fiona Frances Frank Freda Gail Gary Geoffrey George Gillian Gloria Grace Graham Gurpreet Hamid
Hannah Harjit Harold Harry Hassan Heather Helen Henry Hilary Ian Ibrahim Imran Irene Iris Isaac Ivy Jack
Jacqueline Jade James Jamila Jane Janet Jasmine Jean Jennifer Joan Joe John Joshua Joy Joyce Judith Julia
June Karen Kath Keith Kelly Kenneth Kevin Khadija Kim Kiran Kofi Laura Lauren Lee Leila Leonard Lesley
Lewis Lily Linda Lorna Lucy Luke Lynn Malcolm Marcus Margaret Maria Marion Mark Martin Mary Matthew
Maureen May Megan Mei Michael Michelle Miriam Mohammed Molly Monica Nadia Nancy Naomi Natalie Neil Nicola
Nigel Nisha Nora Norman Olive Oliver Olu Omar Pamela Patricia Patrick Paul Pauline Peter Philip Phyllis
Pooja Rachel Raj Ravi Raymond Rebecca Rhys Richard Rita Robert Robin Ronald Rosemary Ruth Ryan Sadia Sally
Sam Samira Sandra Sanjay Sarah Sean Sharon Sheila Shirley Simon Sofia Stella Stephen Stuart Sunita Susan
Suresh Sylvia Tanya Tariq Teresa Thomas Tina Tolu Tracey Uma Ursula Valerie Vera Veronica Victor Vijay
Vincent Violet Wendy William Winston Yasmin Yusuf Yvonne Zainab Zara Zoe""".split()

LAST = """Abbott Abdi Adeyemi Ahmed Akhtar Ali Allen Anderson Andrews Appiah Archer Atkins Bailey Baker
Balogun Banerjee Barker Barnes Begum Bell Bennett Bhatt Bishop Blackwell Boateng Bowen Brooks Brown Burgess
Butler Carter Chapman Chatterjee Chen Chowdhury Clark Cole Collins Cook Cooper Cox Crane Cross Curtis Dale
Davies Dawson Day Dean Desai Dixon Doyle Drake Dunn Edwards Ellis Evans Farrell Ferguson Field Fisher
Fletcher Foster Fox Francis Fraser French Garcia Gardner Gibson Gill Goddard Gordon Grant Gray Green
Griffiths Gupta Gurung Hall Hamilton Harper Harris Hart Hassan Hayes Henderson Hill Holland Holmes Howard
Hughes Hunt Hussain Ibrahim Iqbal Jackson James Jenkins Johnson Jones Joshi Kamara Kaur Kelly Kemp Khan
King Knight Kowalski Kumar Lamb Lane Lawson Lee Lewis Lim Lloyd Long Lowe Lynch Mahmood Malik Marsh Martin
Mason May McCarthy McDonald Mehta Mensah Miah Miller Mills Mistry Mitchell Moore Morgan Morris Murphy Murray
Nash Newman Nguyen Nicholls Norris Nowak Oakley Obi Okafor Oliver Olsen Osei Owen Page Palmer Parker Parsons
Patel Payne Pearce Perry Phillips Pope Porter Powell Price Quinn Rahman Rai Read Reed Reid Reynolds Rhodes
Richards Roberts Robinson Rogers Rose Ross Russell Ryan Saunders Scott Shah Sharma Shaw Silva Simmons Singh
Smith Spencer Stanley Stevens Stewart Stone Sutton Tanner Taylor Thapa Thomas Thompson Thorpe Tucker Turner
Uddin Wade Walker Wallace Walsh Ward Warren Watson Watts Webb Wells West White Wilkins Williams Wilson Wood
Wright Yilmaz York Young""".split()
