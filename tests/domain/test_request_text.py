"""What a look at a request points out, over requests as people write them: few false alarms, few
misses.
"""

from __future__ import annotations

import time

import pytest

from bot.domain.request_text import Hint, hints

L, R, F = Hint.LETTER, Hint.RANKING, Hint.FLATTERY
POLITE = [
    (
        "I am a PGY-3 DR resident at a hospital without an IR fellowship.",
        "Your talk at SIR on PAE patient selection changed how I read those CTs.",
        "Could I ask you for 20 minutes about building a clinic in training?",
    ),
    (
        "I am a third-year medical student in Lagos.",
        "You moved from abroad into IR and wrote about it.",
        "I would like one talk about which away rotations make sense for somebody from abroad.",
    ),
    (
        "I am an ESIR resident.",
        "We both work on lymphatics.",
        "May I show you a short project plan and hear what is missing?",
    ),
    (
        "I am an early attending, the only IR in my hospital.",
        "You built an OBL alone.",
        "Could we speak for 15 minutes about negotiating block time?",
    ),
    (
        "I am a fellow in Leeds, and I am starting as an attending in August.",
        "You wrote the guideline on venous stents.",
        "One question: how do you follow up patients on anticoagulation?",
    ),
    (
        "I am an intern and my spouse is a surgeon.",
        "You wrote about couples in training.",
        "I would like to hear how you planned family and call.",
    ),
    (
        "I am a PGY-2 in integrated IR.",
        "Your paper on radiation segmentectomy is the reason I read about dose.",
        "Could you tell me how you learned dosimetry?",
    ),
    (
        "I am a resident and chair of our interest group.",
        "You gave the keynote at our symposium.",
        "Could I have 20 minutes on how to find a first research project?",
    ),
    (
        "I am a medical student interested in IR.",
        "I read your review on UFE.",
        "How did you choose between integrated and independent IR? I have one question on that.",
    ),
    (
        "I am a DR resident in Vienna preparing for EBIR.",
        "You passed EBIR and teach the course.",
        "How would you plan six months of reading?",
    ),
    (
        "I am a fellow and I want to learn about portal hypertension.",
        "You do many TIPS a year.",
        "Could I visit for two days in spring?",
    ),
    (
        "I am a PGY-4 applying for fellowship next year.",
        "You sit on the education committee.",
        "I would like to understand what a good fellowship position offers; one talk would help.",
    ),
    (
        "I am a postdoc moving to clinical work.",
        "You did the same ten years ago.",
        "Can we talk about how you split your week?",
    ),
    (
        "I am a resident at a county hospital.",
        "Your institution ranks among the busiest for trauma.",
        "May I ask how you organise trauma call?",
    ),
    (
        "I am a medical student; I will apply in the next Match.",
        "You are the near-peer who matched last year.",
        "What do you wish you had known before applying?",
    ),
    (
        "I am an attending who wants to change practice.",
        "You moved from academia to private practice.",
        "I would like 20 minutes about contracts and non-compete clauses.",
    ),
    (
        "I am a resident with two children.",
        "You trained part-time.",
        "Could you tell me how you asked for it?",
    ),
    (
        "I am a PGY-5.",
        "We met at the poster on gel foam.",
        "I would like to do a short project on pain after embolisation; could you read it?",
    ),
    (
        "I am a student from a school without a home programme.",
        "You answer questions from students like me on the forum.",
        "Which electives would help me find out whether IR is for me?",
    ),
    (
        "I am an early attending.",
        "Your team published outcome data on dialysis access.",
        "Could I learn how you keep the registry?",
    ),
    (
        "I am a resident in Madrid.",
        "You speak Spanish and work in paediatrics.",
        "Would you have time for a talk about paediatric IR training in the US?",
    ),
    (
        "I am a fellow interested in health economics.",
        "You chair the reimbursement working group.",
        "One question: where did you learn coding?",
    ),
    (
        "I am a DR resident and I am shy about asking, so thank you for reading.",
        "You offered to talk about leadership.",
        "How did you begin to lead a team as the youngest?",
    ),
    (
        "I am a PGY-3 and use a lot of ultrasound.",
        "You renewed the ultrasound course at our school.",
        "How did you get time for teaching? A short talk would be wonderful.",
    ),
    (
        "I am a resident in a small programme.",
        "You wrote that early letters to referrers help a young clinic.",
        "Could you show me how you write to referrers?",
    ),
    (
        "I am a resident looking for a role model who is a mother.",
        "You are one of few women in IR in our region.",
        "I'd be grateful for one talk about the first years.",
    ),
    (
        "I am a physician assistant student and not a doctor.",
        "You train PAs.",
        "What do you expect from a PA in the first year?",
    ),
    (
        "I am a PGY-2.",
        "I admire how you explain risk to patients in your videos.",
        "Could I hear how you prepare a consent talk?",
    ),
    (
        "I am a medical student in my fourth year, in Ohio.",
        "I saw your first-author paper in JVIR on biliary drains.",
        "Could you suggest what I might read about research methods?",
    ),
    (
        "I am a fellow and I start a job in a rural hospital.",
        "You were the only IR for years.",
        "How did you decide what not to do alone?",
    ),
    (
        "I am an IR resident in Hamburg.",
        "You mentor people on getting an academic position in Germany.",
        "Could we talk about what to do in the next two years?",
    ),
    (
        "I am a PGY-4; my rotation spot in your lab ended last year.",
        "It was good to work with your team.",
        "Could I ask one question on how to finish the paper?",
    ),
    (
        "I am a resident.",
        "You teach the course on order sets and ROI of clinics.",
        "How do you compute the return of a clinic day?",
    ),
    (
        "I am a student.",
        "Your renowned clinic follows up with every patient itself.",
        "What does a clinic day look like?",
    ),
    (
        "I am an IR fellow; my first question is about pay.",
        "You publish on the gap in pay.",
        "How did you prepare for your first negotiation, and would you offer me 20 minutes on it?",
    ),
    (
        "I am a DR resident interested in spine work.",
        "You recommend me-sized steps in your blog on research.",
        "Where do I begin?",
    ),
    (
        "I am a resident at Loyola; Lor is my first name.",
        "You spoke on burnout.",
        "Could I have 15 minutes?",
    ),
    (
        "I am a resident; we use RoL-based planning at our lab.",
        "Your lab does too.",
        "May I ask one question on the software?",
    ),
    (
        "I am a PGY-5 and I plan to rank what I value in a job: time, place and people.",
        "You made such a choice.",
        "How did you weigh it?",
    ),
    (
        "I am a fellow.",
        "Your commitment to rank-and-file technologists is known here.",
        "How do you run the morning huddle?",
    ),
    (
        "MS3 at a DO school.",
        "You are a DO who matched into integrated IR.",
        "Could we talk for 20 minutes about sub-internships and how many are sensible?",
    ),
    (
        "I'm a PGY-3 and I want to do ESIR.",
        "You direct an ESIR pathway.",
        "What would you look for when choosing a programme with ESIR spots?",
    ),
    (
        "First-year attending in private practice.",
        "You negotiated a clinic day into your contract.",
        "How did you frame that in the job interview?",
    ),
    (
        "I'm a fellow looking at jobs in the Pacific Northwest.",
        "You work there.",
        "I'd love 15 minutes on what the job market looks like from inside.",
    ),
    (
        "IMG from Egypt, USMLE done.",
        "You also came from abroad.",
        "How do research years help, and what should I ask before I accept one?",
    ),
    (
        "I'm a resident and first author of a case series.",
        "You edit for CVIR.",
        "One question about how reviewers see retrospective series.",
    ),
    (
        "I'm a student leader; our interest group has 40 members.",
        "You spoke at RSNA about simulation.",
        "Would you give our group an online talk in spring?",
    ),
    (
        "I'm PGY-4, with a baby due in May.",
        "You took leave in training.",
        "How did you arrange radiation safety and call?",
    ),
    (
        "I'm a nurse practitioner in IR.",
        "Your clinic has NPs who see patients alone.",
        "Could I hear how you set that up?",
    ),
    (
        "I'm a resident in Toronto.",
        "You lead the Canadian working group on stroke.",
        "May I visit your department for a day in June?",
    ),
    (
        "I'm a fellow who struggles with complications.",
        "Your M&M talk was honest.",
        "Could we talk once about how you cope after a bad case?",
    ),
    (
        "I'm a medical student.",
        "You wrote the chapter on dialysis access.",
        "Is there a paper you would read first?",
    ),
    (
        "I'm PGY-5.",
        "Your department ranks complications by a grade I had not seen.",
        "Could you send the reference?",
    ),
    (
        "I'm an attending.",
        "You built a prostate embolisation service with urology.",
        "How did you get the urologists on board, and who writes letters to referrers?",
    ),
    (
        "I'm a DR resident; IR is my first choice of specialty.",
        "You switched from surgery.",
        "What made you certain?",
    ),
    (
        "I'm a student.",
        "You are on the list of near-peers.",
        "What did a typical week of your intern year look like?",
    ),
    (
        "I'm a resident.",
        "Your lab works on thermal ablation planning.",
        "Could I do a short project on margins, from January to March?",
    ),
    (
        "I'm in the military and move every two years.",
        "You did too.",
        "How did you keep up procedural volume?",
    ),
    (
        "I'm a PGY-2 with ADHD.",
        "You spoke openly about it.",
        "One talk about studying for the core exam?",
    ),
    (
        "I'm a fellow in Zurich.",
        "You hold the EBIR and know both systems.",
        "How is American board certification seen here, and vice versa?",
    ),
    (
        "I'm an early attending in a team of two.",
        "You chaired a section at 35.",
        "Where did you learn to lead people older than yourself?",
    ),
    (
        "I'm a student from a small college.",
        "You grew up near my town.",
        "How did you hear about IR?",
    ),
    (
        "I'm PGY-3; our order sets are outdated.",
        "You published yours.",
        "May we use them, and who do I credit?",
    ),
    (
        "I'm a resident.",
        "I enjoyed the figure legends in your atlas, they explain every step.",
        "How do you prepare such images?",
    ),
    (
        "I'm a fellow starting a job in Auckland.",
        "You moved there from London.",
        "What do you wish you had packed into the contract?",
    ),
    (
        "I'm a resident who wants to write a grant.",
        "You hold an RSNA seed grant.",
        "Could I see how a budget is made?",
    ),
    (
        "I'm a PhD student, no doctor.",
        "Your group models embolic transport.",
        "Could we compare notes for 20 minutes?",
    ),
    (
        "I'm a student.",
        "You were kind to me at the SIR mentor breakfast.",
        "I'd like to tell you how it went and ask one thing.",
    ),
    (
        "I'm a resident.",
        "You are honoured as teacher of the year at our site.",
        "How do you give feedback in a busy lab?",
    ),
    (
        "I'm a fellow.",
        "I follow your talks on lymphatic imaging.",
        "When do you choose intranodal access? I'm happy to send two cases without identifiers.",
    ),
    (
        "I'm PGY-4 and preparing my rank of priorities for jobs.",
        "You advised a friend.",
        "Could you share how to weigh salary and call?",
    ),
    (
        "I'm a student and my school ranks students by quartile.",
        "You sit on an admissions panel elsewhere.",
        "How much does that matter for IR in general?",
    ),
]
TOLD = [
    (
        L,
        "I am a fourth-year student.",
        "You are in IR.",
        "Could you write me a letter of recommendation for residency?",
    ),
    (
        L,
        "I am a PGY-2.",
        "You are well connected.",
        "I am looking for a research position in your lab starting in July.",
    ),
    (
        L,
        "I am an IMG.",
        "Your hospital takes IMGs.",
        "Do you have any openings for a research fellow?",
    ),
    (
        L,
        "I am an IMG with green card.",
        "You work at a large centre.",
        "Please let me know if there are any unpaid observership opportunities in your department.",
    ),
    (
        L,
        "I am a student.",
        "You know my dean.",
        "I need an LOR by September; would you be willing?",
    ),
    (
        L,
        "I am a student.",
        "You are on faculty.",
        "Would you be able to provide a strong letter for my ERAS application?",
    ),
    (
        L,
        "I am a resident.",
        "You are the program director.",
        "I would appreciate if you could put in a good word for me with the selection committee.",
    ),
    (
        L,
        "I am a fellow.",
        "Your group is growing.",
        "Are you hiring? I would like to send you my CV.",
    ),
    (L, "I am a student.", "You are in IR.", "Could you be one of my letter writers?"),
    (
        L,
        "I am a student.",
        "You are in IR.",
        "I was hoping for a recommendation from you for the Match.",
    ),
    (L, "I am a resident.", "You are a chief.", "Would you support my application with a letter?"),
    (
        L,
        "I am a resident.",
        "You are a chief.",
        "Can you help me get an interview at your program?",
    ),
    (L, "I am a student.", "You are in IR.", "Could you serve as a reference for my applications?"),
    (
        L,
        "I am a student.",
        "You are in IR.",
        "I would like to join your lab as a research assistant.",
    ),
    (
        L,
        "I am a fellow.",
        "You lead the section.",
        "Is there a job for me in your practice after fellowship?",
    ),
    (
        R,
        "I am applying this year.",
        "I interviewed with you.",
        "I am ranking your program first and wanted you to know.",
    ),
    (
        R,
        "I am applying this year.",
        "I interviewed with you.",
        "Your program is my number one choice.",
    ),
    (
        R,
        "I am applying this year.",
        "I interviewed with you.",
        "Could you tell me where I stand on your list?",
    ),
    (R, "I am applying this year.", "You are a PD.", "Will I match at your program?"),
    (R, "I am applying this year.", "You are a PD.", "How likely am I to be ranked to match?"),
    (R, "I am applying this year.", "You are a PD.", "I will rank you #1 if you rank me highly."),
    (
        R,
        "I am applying this year.",
        "You are a PD.",
        "Can you look at my ROL and say which order is best?",
    ),
    (R, "I am applying this year.", "You are a PD.", "You are at the top of my rank order list."),
    (R, "I am applying this year.", "You are a PD.", "Where am I on your rank list?"),
    (
        R,
        "I am applying this year.",
        "You are a PD.",
        "If you take me I promise to come; you are my first choice.",
    ),
    (R, "I am applying this year.", "You are a PD.", "I intend to rank your programme at the top."),
    (
        R,
        "I am applying this year.",
        "You are a PD.",
        "Should I send a letter of intent to say that you are my top choice?",
    ),
    (F, "I am a student.", "You are a legend in the field and a true pioneer.", "Could we talk?"),
    (
        F,
        "Dear esteemed Professor, I am a student.",
        "Your world-renowned work is beyond words.",
        "Could we talk for 20 minutes?",
    ),
    (
        F,
        "I am a student.",
        "It would be the greatest honor of my life to learn from you.",
        "Could we talk for 20 minutes?",
    ),
    (
        F,
        "I am a student.",
        "I have been following your brilliant career with deep admiration.",
        "Could we talk for 20 minutes?",
    ),
    (
        F,
        "I am a student.",
        "You are the best interventional radiologist in the world.",
        "Could we talk for 20 minutes?",
    ),
    (
        F,
        "I am a student.",
        "You are such an inspiration to me and to everyone.",
        "Could we talk for 20 minutes?",
    ),
    (
        F,
        "I am a student.",
        "I am deeply honored to write to such an eminent doctor.",
        "Could we talk for 20 minutes?",
    ),
    (
        F,
        "Greetings of the day, respected sir.",
        "I came across your esteemed profile.",
        "Could we talk for 20 minutes?",
    ),
    (
        F,
        "I am a student.",
        "I am in awe of your outstanding achievements.",
        "Could we talk for 20 minutes?",
    ),
    (F, "I am a student.", "I am your biggest fan.", "Could we talk for 20 minutes?"),
    (
        F,
        "I am a student.",
        "Your extraordinary contributions to medicine have inspired me.",
        "Could we talk for 20 minutes?",
    ),
    (
        L,
        "MS4.",
        "You are well known.",
        "Would you consider writing me a LOR? My ERAS closes in September.",
    ),
    (L, "MS4.", "We met at SIR.", "I'd be grateful if you would write one of my letters."),
    (
        L,
        "IMG.",
        "Your lab is productive.",
        "I am looking for an unpaid research position for one or two years.",
    ),
    (
        L,
        "IMG.",
        "Your lab is productive.",
        "Kindly consider me for a postdoctoral fellowship in your esteemed lab.",
    ),
    (
        L,
        "IMG.",
        "Your lab is productive.",
        "Is there any possibility to work under your supervision as a research fellow?",
    ),
    (
        L,
        "Fellow.",
        "Your group is large.",
        "Do you know of any openings in your practice for next July?",
    ),
    (
        L,
        "Fellow.",
        "Your group is large.",
        "Please find my CV; I am interested in the attending position you advertised.",
    ),
    (L, "MS3.", "You are PD.", "Can I do an away rotation with you and get a letter?"),
    (L, "PGY-2.", "You are chair.", "Could you recommend me for the SIR committee?"),
    (L, "PGY-4.", "You are PD.", "I want to be considered for your fellowship; can you help?"),
    (L, "MS4.", "You are PD.", "Could you email your program director about me?"),
    (L, "IMG.", "You are PD.", "I request you to provide me an observership at your hospital."),
    (
        L,
        "MS4.",
        "You are PD.",
        "A strong letter from someone of your stature would make the difference.",
    ),
    (
        R,
        "MS4.",
        "I interviewed in December.",
        "I wanted to let you know that I will be ranking UCX #1.",
    ),
    (R, "MS4.", "I interviewed in December.", "Do you know how high I am on the list?"),
    (R, "MS4.", "I interviewed in December.", "I would definitely come if ranked to match."),
    (R, "MS4.", "You are PD.", "Would you tell me whether I'm a top candidate for you?"),
    (R, "MS4.", "You are PD.", "Can we talk about how I should order my rank list?"),
    (R, "MS4.", "You are PD.", "Your programme will be first on my list."),
    (R, "MS4.", "You are PD.", "I'm putting your program number one."),
    (R, "MS4.", "You are PD.", "Are you going to rank me?"),
    (R, "MS4.", "You are PD.", "Which applicants from my school are you ranking?"),
    (R, "MS4.", "You are PD.", "If I rank you first, will I match?"),
    (F, "Student.", "You're an absolute legend!", "Can we talk for twenty minutes?"),
    (
        F,
        "Student.",
        "Nobody in the whole field compares to you.",
        "Can we talk for twenty minutes?",
    ),
    (
        F,
        "Student.",
        "I have admired you since I was a child; you are my idol.",
        "Can we talk for twenty minutes?",
    ),
    (
        F,
        "Student.",
        "Your groundbreaking and visionary work has changed the world.",
        "Can we talk for twenty minutes?",
    ),
    (
        F,
        "Most respected Professor,",
        "I am writing with great enthusiasm to your good self.",
        "Can we talk for twenty minutes?",
    ),
    (
        F,
        "Student.",
        "It would be an honor and a privilege to be mentored by a leader such as you.",
        "Can we talk for twenty minutes?",
    ),
    (F, "Student.", "I am a great admirer of yours.", "Can we talk for twenty minutes?"),
    (F, "Student.", "You are truly amazing and so inspiring.", "Can we talk for twenty minutes?"),
]


@pytest.mark.parametrize(("who", "why", "ask"), POLITE)
def test_an_ordinary_polite_request_is_left_alone(who: str, why: str, ask: str) -> None:
    assert not {L, R, F} & set(hints(who, why, ask))


@pytest.mark.parametrize(("hint", "who", "why", "ask"), TOLD)
def test_what_might_be_said_differently_is_pointed_out(
    hint: Hint, who: str, why: str, ask: str
) -> None:
    assert hint in hints(who, why, ask)


@pytest.mark.parametrize(
    "piece", ["looking ", "you write ", "a chance ", "do you have ", "i rank ", "your ", "rank "]
)
def test_a_long_text_takes_no_time(piece: str) -> None:
    begun = time.perf_counter()
    hints(piece * 300, piece * 300, piece * 300)
    assert time.perf_counter() - begun < 1
