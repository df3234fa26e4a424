# review: unreviewed
# SMS: one part of 160 characters each, also with the longest values. Checked by a test.
sms-did-it-arrive = { $code }: تقول اللجنة إنه وصل: { $what }. هل وصلك؟ أجب نعم أو لا. إن قلت لا نفتحه من جديد.
sms-task-set = { $code }: تعمل { $who } على هذا. يجب أن يتم قبل { $day }. ثم نسألك هل وصل.
sms-task-set-nobody = { $code }: هناك من يعمل على هذا. يجب أن يتم قبل { $day }. ثم نسألك هل وصل.
sms-next-step = { $code }: قال ناس إنه لم يصل. نحن نصدقهم. الخطوة التالية: { $what } قبل { $day }.
sms-task-referred = { $code }: هذا من شأن { $who }. أحلناه إليهم. أرسل الرمز لتعرف أين وصل.

## Refusals
refused-task-unknown = لا توجد مهمة كهذه
refused-task-unknown-advice = انظر إلى رقمها من جديد، أو ابحث عنها في قائمة المهام.
refused-task-ended = انتهت هذه المهمة
refused-task-ended-advice = أنجزت أو تركت أو أحيلت. افتح القائمة لترى ما بقي.
refused-task-of-others = هذه المهمة لمجموعة أخرى
refused-task-of-others-advice = أعضاؤها وحدهم يعملون عليها. اسأل أحدهم أو ميسرا.
refused-task-held = هذه المهمة عند شخص آخر
refused-task-held-advice = اطلب منه أن يتركها أو يسلمها لك.
refused-task-to-nobody = لم يُختر أحد ليأخذها
refused-task-to-nobody-advice = اختر عضوا موجودا هنا.
refused-task-what-empty = لا تقول ما الذي يجب فعله
refused-task-what-empty-advice = قله في سطر واحد يفهمه الجميع.
refused-task-arrived-empty = لا تقول ما الذي وصل
refused-task-arrived-empty-advice = قل بكلمات قليلة ما صار عند الناس. عن هذا بالضبط نسألهم.
refused-task-how-empty = لا تقول كيف جاء
refused-task-how-empty-advice = قل كيف وإلى أين أُحضر، ليتمكن غيرك من النظر.
refused-task-reason-empty = قل لماذا من فضلك
refused-task-reason-empty-advice = يستطيع الجميع قراءة السبب. الرفض بلا سبب ليس جوابا.
refused-task-refer-to-whom = "ليست لنا" يجب أن تقول لمن
refused-task-refer-to-whom-advice = اختر الجهة التي عليها فعلها، أو اكتب اسمها.
refused-task-words-long = هذه الكلمات طويلة
refused-task-words-long-advice = استعمل { $most } حرفا على الأكثر.
refused-task-needs-many = هذه حاجات كثيرة لمهمة واحدة
refused-task-needs-many-advice = { $most } على الأكثر. اصنع مهام أكثر.
refused-task-need-unknown = لا توجد حاجة بهذا الرقم
refused-task-need-unknown-advice = انظر قائمة الحاجات: اسمها N-1 و N-2 وهكذا.
refused-task-body-unknown = لا توجد جهة كهذه
refused-task-body-unknown-advice = اختر واحدة من القائمة. يستطيع المشرف أن يضيف أخرى.
refused-task-kind-unknown = لا يوجد نوع كهذا من المهام
refused-task-kind-unknown-advice = اصنعها من قائمة المهام.
refused-task-when = تحتاج المهمة إلى يوم مناسب
refused-task-when-advice = اختر آخر يوم لها: اليوم أو بعده، خلال سنتين.
refused-task-owed = لا يمكن ترك هذه المهمة
refused-task-owed-advice = قيل للناس إن خطوة تالية تأتي. سمّها أو أوصل أو قل لمن هي.
refused-task-no-step = لا تُطلب خطوة تالية هنا
refused-task-no-step-advice = سُميت من قبل، أو لم يقل أحد إنه لم يصل.
refused-task-not-delivered = لم يصل شيء بعد
refused-task-not-delivered-advice = قل أولا ما الذي وصل، ثم اسأل في الاجتماع.
refused-task-hands = لا يمكن أن يكون عدد الأيدي صحيحا
refused-task-hands-advice = عدّ الحاضرين، ثم نعم، ثم لا. نعم ولا معا لا تزيدان على الحاضرين.
refused-task-no-promise = لا ينتظر هذا القرار أي وعد
refused-task-no-promise-advice = لم يعد بشيء، أو وُفي بالوعد.

## The list
actions-list-open = ما يجب فعله
actions-list-mine = مهامي
actions-list-bodies = مهام مجموعاتي
actions-list-overdue = متأخرة
actions-list-done = منتهية
actions-list-empty = لا شيء في هذه القائمة
actions-list-empty-next = انظر ما على غيرك فعله، أو اصنع مهمة جديدة.
actions-to-take-up = وعود تنتظر من يأخذها
actions-take-up = خذها كمهمة
actions-by-area = منطقة واحدة فقط
actions-area = المنطقة
actions-area-all = المدينة كلها
actions-area-unshown = منطقة غير معلنة
actions-show = أظهر
actions-count-mine = مهامي
actions-count-overdue = مهام متأخرة
actions-back = عودة إلى المهام

## How a task stands
actions-status-open = ليست عند أحد
actions-status-claimed = هناك من يعمل عليها
actions-status-delivered = يقال إنها وصلت
actions-status-dropped = لن تُفعل
actions-status-referred = أحيلت
actions-status-met = أجابت عنها مهمة أخرى
actions-kind-promise = وعد
actions-kind-committee = لم يصل
actions-kind-do = مهمة
actions-overdue-by = متأخرة { $span }
actions-due-today = اليوم آخر يوم
actions-due-on = قبل { $day }
actions-body-none = لا مجموعة بعد
actions-member-former = عضو سابق

## A new task
actions-new = مهمة جديدة
actions-new-lead = يستطيع الجميع قراءة هذا. من تكلموا عن الحاجة يعرفون من يعمل عليها وحتى متى.
actions-what = ما الذي يجب فعله؟
actions-what-hint = سطر واحد بكلمات بسيطة، بلا اسم أحد.
actions-need = لأي حاجة؟
actions-need-hint = رقمها مثل N-88.
actions-body = من عليه فعلها؟
actions-body-hint = المجموعة المسؤولة عنها، ولو من الخارج.
actions-due = آخر يوم لها
actions-set = اصنع المهمة

## One task
actions-fact-owner = من عليه فعلها
actions-fact-holder = عند من هي الآن
actions-fact-due = حتى متى
actions-fact-arrived = ما الذي وصل
actions-fact-much = كم
actions-fact-how = كيف وأين
actions-fact-day = يقال إنه وصل يوم
actions-fact-reason = لماذا لا
actions-fact-whose = لمن هي
actions-fact-hands = سُئل في اجتماع
actions-fact-decision = الوعد من
actions-hands-said = { $asked } حاضرون، { $yes } نعم، { $no } لا
actions-for-need = الحاجة التي هي لها
actions-committee-what = يقول بعض الناس إنه لم يصل: الخطوة التالية
actions-committee-lead = نحن نصدقهم، وقلنا لهم إن خطوة تالية تأتي قبل اليوم أدناه. لا يُظهر لأحد من هم.

## What can be done with it
actions-claim = أنا آخذها
actions-release = أتركها
actions-hand-over = سلمها إلى …
actions-deliver-title = وصل
actions-arrived = ما الذي وصل؟
actions-arrived-hint = كلمات قليلة تكون في الرسالة. مثلا: شاحنة ماء.
actions-much = كم؟
actions-much-hint = مثلا: 5000 لتر في اليوم.
actions-how = كيف وأين؟
actions-how-hint = يستطيع الجميع قراءة هذا. لا أسماء ناس.
actions-deliver-then = يُسأل الآن كل من تكلم عن الحاجة هل وصل. إجاباتهم وحدها تغلقها.
actions-deliver = وصل: اسألوهم
actions-step-title = الخطوة التالية
actions-step = ماذا يُفعل بعد ذلك؟
actions-step-hint = كلمات قليلة تكون في الرسالة. مثلا: تأتي الشاحنة إلى القسم 4.
actions-step-then = يُقال هذا الآن لكل من تكلم عن الحاجة. التزم باليوم الذي قيل لهم.
actions-step-send = قل لهم
actions-refer-title = ليست لنا
actions-refer-body = لمن هي؟
actions-refer-hint = من تكلموا عنها يعرفون لمن هي.
actions-refer-other = أو اسم آخر
actions-refer = أحِلها
actions-not-said = لم يُذكر
actions-drop-title = لن تُفعل
actions-reason = لماذا لا؟
actions-reason-hint = يستطيع الجميع قراءة هذا.
actions-drop = لن تُفعل
actions-hands-title = اسأل في اجتماع
actions-hands-lead = لمن لا هاتف لهم: اسأل هل وصل وعدّ الأيدي. إن زادت أيدي لا على نعم فُتحت من جديد.
actions-hands-asked = كم الحاضرون؟
actions-hands-yes = أيدي نعم
actions-hands-no = أيدي لا
actions-hands-keep = احفظ هذا العدد
actions-done-set = صُنعت المهمة.
actions-done-claimed = هذه المهمة عندك الآن.
actions-done-released = تركتها. يستطيع أي أحد أخذها.
actions-done-handed = سُلمت.
actions-done-delivered = حُفظ. يُسأل من تكلموا هل وصل.
actions-done-arrived = حُفظ: وصل.
actions-done-dropped = حُفظ مع السبب.
actions-done-referred = أُحيلت، ويُقال لمن تكلموا إلى من.
actions-done-step = يُقال لمن تكلموا ما الخطوة التالية.
actions-done-hands = حُفظ العدد.
actions-of-need = الحاجة التي ينتمي إليها

## What those who asked for it say
actions-answers-title = هل وصل؟ ما يقوله الناس
actions-asked = سُئلوا
actions-answered = أجابوا
actions-yes = قالوا نعم
actions-no = قالوا لا
actions-nobody = لا أحد
actions-some = بعض الناس
actions-few = أقل من 5
actions-at-least = { $n } على الأقل
actions-counts-hidden = لا يظهر بعد عدد من أجابوا: لأنه يكشف أشخاصا بعينهم.
actions-next-step-by = الخطوة التالية واجبة قبل { $day }.
actions-stand-closed = أكده من طلبوه
actions-stand-reopened = فُتحت من جديد: هناك من يقول إنه لم يصل
actions-stand-not-confirmed = لم يُؤكد بعد: قليلون قالوا نعم
actions-stand-on = سُئل من قبل، والعمل مستمر

## The published rule
actions-rule-title = بأي قاعدة تُغلق الحاجة أو تُفتح من جديد
actions-rule-1 = يُسأل كل من تكلم عن الحاجة هل وصل. كل شخص يجيب عن نفسه فقط.
actions-rule-2 = كلمة لا واحدة تفتح الحاجة من جديد فورا. من قالها يعرف الخطوة التالية خلال { $step } أيام.
actions-rule-3 = إذا قال كل من سُئلوا نعم أُغلقت. وإذا قال نعم { $percent } من 100 على الأقل ولم يقل أحد لا، أُغلقت بعد { $days } أيام.
actions-rule-4 = الصمت ليس نعم أبدا. الحاجة التي أجاب عنها قليلون تبقى "غير مؤكدة" مهما طال الوقت.
actions-rule-5 = الحاجة التي رفعها اجتماع يمكن أن يُجاب عنها هناك أيضا بالأيدي: أكثر من نصف الحاضرين نعم تُغلق، ولا أكثر من نعم تُفتح من جديد.
actions-rule-6 = لا يرى أحد من قال لا. لا يظهر العدد إلا من { $people } أشخاص، أو بعد { $batch } يوم بعبارة "أقل من 5". لا مال ولا ترتيب يتوقف على ذلك.
