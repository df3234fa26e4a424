# review: reviewed
# SMS: one part of 160 characters each, also with the longest values. Checked by a test.
sms-did-it-arrive = { $code }: The committee says { $what } arrived. Did you get it? Answer YES or NO. If NO, we open it again.
sms-task-set = { $code }: { $who } works on this. It is to be done by { $day }. Then we ask you if it arrived.
sms-task-set-nobody = { $code }: Somebody works on this. It is to be done by { $day }. Then we ask you if it arrived.
sms-next-step = { $code }: People said it did not arrive. We believe them. Next: { $what }, by { $day }.
sms-task-referred = { $code }: This is for { $who } to do. We have passed it on. Send the code to see where it stands.

## Refusals
refused-task-unknown = There is no such task
refused-task-unknown-advice = Look at its number again, or find it in the list of tasks.
refused-task-ended = This task has ended
refused-task-ended-advice = It was done, dropped or passed on. Open the list to see what is left.
refused-task-of-others = This task belongs to another group
refused-task-of-others-advice = Only its members act on it. Ask one of them, or a facilitator.
refused-task-held = Somebody else has this task
refused-task-held-advice = Ask them to let it go or to hand it over to you.
refused-task-to-nobody = Nobody was chosen to take it
refused-task-to-nobody-advice = Choose a member who is here.
refused-task-what-empty = It does not say what is to be done
refused-task-what-empty-advice = Say it in one line that anybody can understand.
refused-task-arrived-empty = It does not say what arrived
refused-task-arrived-empty-advice = Say in few words what people now have. They are asked about exactly that.
refused-task-how-empty = It does not say how it was brought
refused-task-how-empty-advice = Say how and to where it was brought, so that others can look.
refused-task-reason-empty = Please say why
refused-task-reason-empty-advice = Everybody may read the reason. A no without a reason is no answer.
refused-task-refer-to-whom = "Not ours" must say whose
refused-task-refer-to-whom-advice = Choose the body that has to do it, or write its name.
refused-task-words-long = These words are too long
refused-task-words-long-advice = Use at most { $most } letters.
refused-task-needs-many = That is too many needs for one task
refused-task-needs-many-advice = At most { $most }. Make more tasks.
refused-task-need-unknown = There is no need with that number
refused-task-need-unknown-advice = Look at the list of needs: they are called N-1, N-2 and so on.
refused-task-body-unknown = There is no such body
refused-task-body-unknown-advice = Choose one of those in the list. A steward can add another.
refused-task-kind-unknown = There is no such kind of task
refused-task-kind-unknown-advice = Set it from the list of tasks.
refused-task-when = A task needs a day that fits
refused-task-when-advice = Choose the last day for it: today or later, within two years.
refused-task-owed = This task cannot be dropped
refused-task-owed-advice = People were told that a next step comes. Name it, deliver, or say whose it is.
refused-task-no-step = No next step is asked for here
refused-task-no-step-advice = It was named already, or nobody said that it did not arrive.
refused-task-not-delivered = Nothing was delivered yet
refused-task-not-delivered-advice = Say first what arrived; then ask at the meeting.
refused-task-hands = These hands cannot be right
refused-task-hands-advice = Count those who are there, then YES, then NO. YES and NO together are never more than those there.
refused-task-no-promise = This decision waits for no promise
refused-task-no-promise-advice = It promised nothing, or the promise was kept.

## The list
actions-list-open = What is to be done
actions-list-mine = My tasks
actions-list-bodies = Tasks of my groups
actions-list-overdue = Overdue
actions-list-done = Ended
actions-list-empty = Nothing is on this list
actions-list-empty-next = Look at what is to be done by others, or set a new task.
actions-to-take-up = Promises to be taken up
actions-take-up = Take it up as a task
actions-by-area = Only one area
actions-area = Area
actions-area-all = the whole city
actions-area-unshown = an area that is not public
actions-show = Show
actions-count-mine = tasks of mine
actions-count-overdue = tasks overdue
actions-back = Back to the tasks

## How a task stands
actions-status-open = nobody has it
actions-status-claimed = somebody works on it
actions-status-delivered = said to have arrived
actions-status-dropped = will not be done
actions-status-referred = passed on
actions-status-met = answered by another task
actions-kind-promise = promise
actions-kind-committee = it did not arrive
actions-kind-do = task
actions-overdue-by = overdue by { $span }
actions-due-today = due today
actions-due-on = by { $day }
actions-body-none = no group yet
actions-member-former = a former member

## A new task
actions-new = New task
actions-new-lead = Everybody may read this. Those who spoke of the need are told who works on it and until when.
actions-what = What is to be done?
actions-what-hint = One line in plain words, without anybody’s name.
actions-need = For which need?
actions-need-hint = Its number, such as N-88.
actions-body = Who has to do it?
actions-body-hint = The group that answers for it, also one from outside.
actions-due = Last day for it
actions-set = Set the task

## One task
actions-fact-owner = Who has to do it
actions-fact-holder = Who has it now
actions-fact-due = By when
actions-fact-arrived = What arrived
actions-fact-much = How much
actions-fact-how = How and where
actions-fact-day = Said to have arrived on
actions-fact-reason = Why not
actions-fact-whose = Whose it is
actions-fact-hands = Asked at a meeting
actions-fact-decision = Promised by
actions-hands-said = { $asked } there, { $yes } YES, { $no } NO
actions-for-need = The need it is for
actions-committee-what = Some people say it did not arrive: the next step
actions-committee-lead = We believe them, and told them that a next step comes by the day below. Who they are is not shown to anybody.

## What can be done with it
actions-claim = I take this on
actions-release = Let it go
actions-hand-over = Hand it over to …
actions-deliver-title = It arrived
actions-arrived = What arrived?
actions-arrived-hint = Few words; they stand in the SMS. For example: a water truck.
actions-much = How much?
actions-much-hint = For example: 5000 litres a day.
actions-how = How, and where?
actions-how-hint = Everybody may read this. No names of people.
actions-deliver-then = Everybody who spoke of the need is asked now whether it arrived. Only their answers close it.
actions-deliver = It arrived: ask them
actions-step-title = The next step
actions-step = What is done next?
actions-step-hint = Few words; they stand in the SMS. For example: the truck comes to Block 4.
actions-step-then = Everybody who spoke of the need is told this now. Keep to the day they were told.
actions-step-send = Tell them
actions-refer-title = It is not ours
actions-refer-body = Whose is it?
actions-refer-hint = Those who spoke of it are told whose it is.
actions-refer-other = Or another name
actions-refer = Pass it on
actions-not-said = not said
actions-drop-title = It will not be done
actions-reason = Why not?
actions-reason-hint = Everybody may read this.
actions-drop = It will not be done
actions-hands-title = Ask at a meeting
actions-hands-lead = For those without a phone: ask whether it arrived, and count hands. More hands for NO than for YES open it again.
actions-hands-asked = How many are there?
actions-hands-yes = Hands for YES
actions-hands-no = Hands for NO
actions-hands-keep = Keep this count
actions-done-set = The task is set.
actions-done-claimed = You have this task now.
actions-done-released = You let it go. Anybody can take it on.
actions-done-handed = It was handed over.
actions-done-delivered = Kept. Those who spoke are being asked whether it arrived.
actions-done-arrived = Kept: it arrived.
actions-done-dropped = Kept, with the reason.
actions-done-referred = It was passed on, and those who spoke are told to whom.
actions-done-step = Those who spoke are told the next step.
actions-done-hands = The count is kept.
actions-of-need = The need it belongs to

## What those who asked for it say
actions-answers-title = Did it arrive? What people say
actions-asked = Asked
actions-answered = Answered
actions-yes = Said YES
actions-no = Said NO
actions-nobody = nobody
actions-some = some people
actions-few = fewer than 5
actions-at-least = at least { $n }
actions-counts-hidden = How many answered what is not shown yet: it would give single people away.
actions-next-step-by = The next step is owed by { $day }.
actions-stand-closed = confirmed by those who asked for it
actions-stand-reopened = open again: some say that it did not arrive
actions-stand-not-confirmed = not confirmed yet: too few have said YES
actions-stand-on = asked before; work goes on

## The published rule
actions-rule-title = By which rule a need closes or opens again
actions-rule-1 = Everybody who spoke of the need is asked whether it arrived. Each person answers only for themselves.
actions-rule-2 = One NO opens the need again at once. Whoever said it hears of the next step within { $step } days.
actions-rule-3 = When all who were asked say YES, it closes. When at least { $percent } of 100 say YES and nobody says NO, it closes after { $days } days.
actions-rule-4 = Silence is never a YES. A need of which too few have spoken stays "not confirmed", however long.
actions-rule-5 = A need that an assembly raised can also be answered there, by hands: more than half of those there say YES, it closes; more NO than YES, it is open again.
actions-rule-6 = Nobody is shown who said NO. How many is shown only from { $people } people on, or after { $batch ->
    [one] a day
   *[other] { $batch } days
 } as "fewer than 5". No money and no ranking depends on it.
