# جمل عدّة الصفحات، بالعربية.
# review: unreviewed

## The frame
skip-to-content = إلى الصفحة
menu = القائمة
language = اللغة
sign-out = خروج
demo-banner = هذه مدينة للعرض. ناسها وأماكنها من الخيال.
hidden-banner = وضع الإخفاء يعمل. الصفحات العامة مغلقة والهواتف تنساها.
footer-line = تكلّم، تابع، واحصل على جواب. لا نُظهر الأسماء ولا أرقام الهواتف أبدًا.
aloud-read = اقرأ هذه الصفحة بصوت عالٍ
aloud-stop = أوقف القراءة
print-large = خط كبير
print-usual = الخط المعتاد
rebuilding = نرتّب الصفحات من جديد بعد تحديث. يرجى العودة بعد بضع دقائق. لم يضع شيء.

## Forms
field-optional = (يمكنك تركه فارغًا)
field-wrong = انظر هنا من فضلك:
offline-kept = لا توجد شبكة الآن. كلماتك محفوظة في هذا الهاتف، وستُرسل مرة واحدة عندما تعود الشبكة.
offline-sent = أُرسلت كلماتك. رمزك:
offline-follow = تابعه
offline-refused = لم نستطع أخذ كلماتك. ما زالت في هذا الهاتف. افتح الصفحة وحاول مرة أخرى.
offline-waits = ما زالت في هذا الهاتف كلمات لم نستطع أخذها. هل هي لك؟
offline-bring = أعدها
offline-drop = احذفها
offline-room = لا مكان في هذا الهاتف لحفظ التسجيل. ابقَ في هذه الصفحة وأرسله عندما تعود الشبكة. ويمكنك أيضًا أن تحذف التسجيل وترسل كلماتك وحدها.

## How things stand
tone-good = حسنًا.
tone-info = للعلم.
tone-warn = انتبه من فضلك.
tone-bad = لم ينجح هذا.
haste-calm = غير مستعجل
haste-soon = هذا الأسبوع
haste-urgent = عاجل
haste-grave = خطر على الحياة
refusal-code = إذا طلبت مساعدة من أحد فقل له هذا:
code-yours = رمزك
code-keep = اكتبه. به ترى ما يحدث بعد ذلك.
number-unknown = غير معروف
number-of = { $part } من { $whole }
as-table = اعرضه في جدول
pager = الصفحات
pager-before = السابق
pager-after = التالي

## The thread
knot-voice = صوت
knot-need = حاجة
knot-decision = قرار
knot-allocation = مال
knot-action = عمل
knot-answer = جواب
knot-confirmation = «نعم» أو «لا» منك
knot-done = تمّ
knot-pending = بالانتظار
knot-broken = توقف هنا
knot-notyet = ليس بعد
knot-by = قبل { $when }
knot-owner = من { $owner }
knot-owner-open = ننتظر { $owner }
thread-caption = الخطوات من الصوت إلى جوابه
thread-whole = { $all ->
    [one] تمّت الخطوة الوحيدة.
    [two] تمّت الخطوتان.
    [few] تمّت كل الخطوات، وهي { $all } خطوات.
   *[other] تمّت كل الخطوات، وهي { $all } خطوة.
 }
thread-waiting = تمّ { $done } من { $all }. بالانتظار: { $name }.
thread-broken = تمّ { $done } من { $all }. توقف عند: { $name }.
thread-so-far = تمّ { $done } من { $all }.
column-step = الخطوة
column-state = الحال
column-when = متى
column-who = من
column-note = ملاحظة
column-area = المنطقة
column-count = العدد

## The clock
clock-left = بقي { $span }
clock-late = تأخر { $span }
clock-given = الوقت المعطى: { $span }
clock-owner = ننتظر { $owner }

## The map
map-no-data = لا أرقام
map-own = منطقتك
map-community = رسمها سكانها

## Time
just-now = الآن
ago-minutes = { $n ->
    [one] منذ دقيقة
    [two] منذ دقيقتين
    [few] منذ { $n } دقائق
   *[other] منذ { $n } دقيقة
 }
ago-hours = { $n ->
    [one] منذ ساعة
    [two] منذ ساعتين
    [few] منذ { $n } ساعات
   *[other] منذ { $n } ساعة
 }
ago-days = { $n ->
    [one] منذ يوم
    [two] منذ يومين
    [few] منذ { $n } أيام
   *[other] منذ { $n } يومًا
 }
ahead-minutes = { $n ->
    [one] بعد دقيقة
    [two] بعد دقيقتين
    [few] بعد { $n } دقائق
   *[other] بعد { $n } دقيقة
 }
ahead-hours = { $n ->
    [one] بعد ساعة
    [two] بعد ساعتين
    [few] بعد { $n } ساعات
   *[other] بعد { $n } ساعة
 }
ahead-days = { $n ->
    [one] بعد يوم
    [two] بعد يومين
    [few] بعد { $n } أيام
   *[other] بعد { $n } يومًا
 }
span-moment = أقل من دقيقة
span-minutes = { $n ->
    [one] دقيقة
    [two] دقيقتان
    [few] { $n } دقائق
   *[other] { $n } دقيقة
 }
span-hours = { $n ->
    [one] ساعة
    [two] ساعتان
    [few] { $n } ساعات
   *[other] { $n } ساعة
 }
span-days = { $n ->
    [one] يوم
    [two] يومان
    [few] { $n } أيام
   *[other] { $n } يومًا
 }
date = { $day } { $month } { $year }
date-weekday = { $weekday } { $day } { $month }
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
weekday-1 = الاثنين
weekday-2 = الثلاثاء
weekday-3 = الأربعاء
weekday-4 = الخميس
weekday-5 = الجمعة
weekday-6 = السبت
weekday-7 = الأحد

## The kit page
kit-title = عدّة الصفحات
example-say = قل شيئًا
example-say-about = حاجة أو سؤال أو شكوى أو شكر
example-follow = تابع رمزًا
example-follow-about = انظر ماذا صار بكلماتك
example-forget = انسَ كلماتي
example-send = أرسل
example-words = ماذا تريد أن تقول؟
example-words-hint = نستعمل كلماتك لنجد من يستطيع المساعدة. اكتب بأي لغة.
example-place = أين هذا؟
example-place-wrong = اذكر شارعًا أو مدرسة أو كنيسة أو مسجدًا قريبًا.
example-call = رقم الهاتف
example-call-hint = لنتصل بك فقط. لا يراه أحد غيرنا.
example-about = عن ماذا؟
example-water = ماء
example-food = طعام
example-other = شيء آخر
example-agree = يمكنكم أن تسألوني مرة أخرى بعد شهر
example-agree-hint = سؤال قصير واحد. يمكنك إيقافه متى شئت.
example-notice-good = وصلتنا كلماتك.
example-notice-info = نقطة الماء في شارع السوق تفتح في السابعة.
example-notice-warn = الشبكة ضعيفة. هذه الصفحة من صباح اليوم.
example-notice-bad = النموذج غير كامل. لم يضع شيء.
example-refusal = لا نجد هذا الرمز
example-refusal-advice = في الرمز ثمانية حروف وأرقام. قارنه برسالتك وحاول مرة أخرى.
example-refusal-next = حاول مرة أخرى
example-empty = لم يُقل شيء هنا بعد
example-empty-next = كن الأول. دقيقتان فقط، وبلا اسم.
example-card = كيسيما
example-card-body = نقطتا ماء تعملان. ونقطة تُصلح حتى يوم الخميس.
example-quote = الماء لم يصل إلى شارعنا منذ يومين. الأطفال عطاش.
example-quote-about = برسالة قصيرة، منذ ساعتين
example-number = أصوات هذا الأسبوع
example-number-note = عُدّت هذا الصباح
example-women = النساء في الاجتماع
example-answer = الجواب
example-owner = لجنة الماء
example-event-act = خرجت الشاحنة من الساحة.
example-event-decide = وافق الاجتماع على شاحنتي ماء.
example-event-speak = قال خمسة عشر شخصًا إن الماء انقطع.
example-row-note = خلف المدرسة، متوني. لم يجب أحد بعد.
example-table = الأصوات حسب المنطقة
example-map = الأصوات في متوني والمناطق حولها
example-knot-reason = شاحنتا ماء، لأن المضخة لا تُصلح هذا الأسبوع. صوّت 41 شخصًا.
example-knot-waits = الشاحنتان محمّلتان. بقي يوم واحد.
example-knot-broke = لم تأتِ الشاحنتان لأن الجسر كان مغلقًا. الخطوة التالية قارب.
