# review: unreviewed
reported-title = ما أبلغ عنه الآخرون من المال
reported-lead = تخبر المنظمات الأمم المتحدة بما تعطيه للمحتاجين (خدمة التتبع المالي FTS). هذا ما أخبرت به. وليس هو مال المدينة.
reported-own = أين مال المدينة نفسها
reported-none = لم يُجلب شيء بعد
reported-none-next = من يدير هذه العقدة يجلب جداول FTS بالأمر «baraza import fts».
reported-sentence = { $flows ->
    [one] تدفق مالي واحد يخبر عن { $all }. دُفع منه أو وُقّع عليه { $funded }.
    [two] تدفقان ماليان يخبران عن { $all }. دُفع منهما أو وُقّع عليه { $funded }.
    [few] { $flows } تدفقات مالية تخبر عن { $all }. دُفع منها أو وُقّع عليه { $funded }.
   *[other] { $flows } تدفقًا ماليًا تخبر عن { $all }. دُفع منها أو وُقّع عليه { $funded }.
}
reported-sums = كم تبلغ
reported-paid = مدفوع
reported-commitment = وُقّع عليه ولم يُدفع بعد
reported-pledge = وعد فقط
reported-shared = مشترك مع بلدان أخرى: لم يقل أحد نصيب كلٍّ منها
reported-all = الكل معًا
reported-internal = انتقل من يد إلى يد داخل البلد: محسوب أعلاه من قبل
reported-outgoing = خرج ثانية: محسوب أعلاه أيضًا
reported-column-what = مدى ثبوته
reported-column-amount = المبلغ
reported-plans = ما طلبته الخطط وما وصلها
reported-plans-lead = كما تنشره FTS. للمال الذي لم تُسمَّ له خطة سطر خاص به، كي لا يضيع شيء.
reported-column-plan = الخطة (البلد، السنة)
reported-column-required = المطلوب
reported-column-funded = وصل
reported-column-percent = النسبة
reported-no-plan = لم تُسمَّ خطة
reported-agrees = { $country }: تبلغ التدفقات { $flows }، وكذلك الخطط، حتى السنت.
reported-differs = { $country }: تبلغ التدفقات { $flows }، والخطط { $plans }. الفرق { $by }.
reported-from = من أعطى
reported-from-none = لم يُسمَّ أحد
reported-clusters = لأجل ماذا
reported-not-specified = غير محدد
reported-column-name = الاسم
reported-others = { $n ->
    [one] واحد آخر
    [two] اثنان آخران معًا
    [few] { $n } آخرون معًا
   *[other] { $n } آخرون معًا
}
reported-table = كل التدفقات (CSV، بأعمدة FTS)
refused-reported-many = التدفقات كثيرة جدًا
refused-reported-many-advice = تحفظ العقدة { $most } على الأكثر. اجلب السنوات والبلد الذي يهم هنا، أو اسحب جداول قديمة.
refused-reported-sum = مجموع المبالغ أكثر مما هو موجود
refused-reported-sum-advice = انظر إلى العمود amountUSD: فيه دولارات أمريكية، لا سنتات ولا عملة أخرى.
refused-reported-long = في الصف { $row } نص طويل جدًا
refused-reported-long-advice = اختصره إلى { $most } حرفًا.
refused-reported-plans-many = الخطط كثيرة جدًا في الجدول
refused-reported-plans-many-advice = { $most } على الأكثر في المرة الواحدة. اجلبها في عدة جداول.
