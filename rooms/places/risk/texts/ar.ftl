# review: unreviewed
risk-title = مقدار الخطر في كل منطقة
risk-lead = الخطر من 0 إلى 10. يُحسب مما يُقاس في كل منطقة. المدينة تقول ما الذي يُقاس وكم يزن كل شيء، ويستطيع أي شخص أن يعيد الحساب.
risk-missing-lead = ما لم يقسه أحد لا يُقرأ أبدًا على أنه قليل. حيث ينقص شيء يُكتب بجانبه أقل ما يمكن أن يكونه الخطر وأكثره، وتوضع المنطقة وتُحسب كأنها عند الأكثر.
risk-unset = لم تقل المدينة بعد ممَّ يتكوّن الخطر
risk-unset-next = يستطيع موظف المدينة أن يحدده على المكتب، تحت الأماكن.
risk-map = مناطق المدينة حسب الخطر
risk-table = المناطق، الأعلى خطرًا أولًا
risk-sides = جوانب خطر كل منطقة، وما ينقص
risk-column-area = المنطقة
risk-column-risk = الخطر، 0 إلى 10
risk-column-missing = ناقص
risk-between = { $least } إلى { $most }
risk-made-of = ممَّ يتكوّن الخطر
risk-measures = ما الذي يُقاس
risk-measures-lead = أشياء الجزء الواحد تُجمع حسب أوزانها. أما جوانب الخطر فتُضرب: القوة في جانب لا تعوّض الضعف في جانب آخر.
risk-column-measure = ماذا
risk-column-part = من ضمن (الوزن)
risk-column-weight = الوزن
risk-column-scale = من خطر 0 إلى خطر 10
risk-column-source = المصدر
risk-scale-even = { $from } إلى { $to }، بالتساوي
risk-scale-log = { $from } إلى { $to }، حسب عدد المرات
risk-areas-sheet = جدول كل المناطق (CSV)
risk-index-sheet = جدول ما يُقاس (CSV)
risk-of-area =
    الخطر: { $risk } من 10، المرتبة { $place } من { $of }{ $missing ->
        [0] .
        [one] ؛ شيء واحد لم يُقس هنا.
        [two] ؛ شيئان لم يُقاسا هنا.
        [few] ؛ { $missing } أشياء لم تُقس هنا.
       *[other] ؛ { $missing } شيئًا لم تُقس هنا.
    }
risk-desk-title = تحديد خطر المناطق
risk-desk-lead = ما تحدده هنا يصبح علنيًا فورًا مع مصدره، ويُحسب عند تقاسم المال والناس والسلع. لا تكتب أبدًا عددًا أقل من 5 أشخاص: قد يُعرف أحدهم.
risk-index-title = 1. ممَّ يتكوّن الخطر
risk-index-about = سطر لكل شيء يُقاس: جانب الخطر (مثل التهديد والضعف والقدرة)، وفئة، وجزء، واسمه، وأوزان من 1 إلى 100، وسلّمه (even أو log)، والقياس عند خطر 0، والقياس عند خطر 10، والمصدر. وحيث يكون الأكثر أفضل يكون العدد الأول هو الأكبر.
risk-f-file = جدول من هذا الهاتف أو الحاسوب (CSV)
risk-f-index = أو اكتبه هنا
risk-f-reason = لماذا هذه الأشياء، ولماذا هذه الأوزان
risk-index-go = حدّد وانشر
risk-readings-title = 2. ما الذي قيس
risk-readings-about = خذ جدول كل المناطق واملأه وأعده. الخانة الفارغة تعني أن أحدًا لم يقسه. الأعمدة التي تتركها تبقى كما كانت.
risk-f-readings = أو ألصقه هنا
risk-f-day = يوم القياس
risk-readings-go = أحضر وانشر
risk-done-index = تم تحديد المؤشر وهو علني.
risk-done-readings = وصل: تغيّرت { $changed } مناطق، وبقيت { $same } كما كانت.
refused-risk-sheet-long = الجدول طويل جدًا
refused-risk-sheet-long-advice = يمكن قراءة { $most } على الأكثر.
refused-risk-sheet-unreadable = لا يمكن قراءة السطر { $line } من الجدول
refused-risk-sheet-unreadable-advice = احفظه بصيغة CSV وترميز UTF-8، وفي كل سطر خانات بعدد السطر الأول.
refused-risk-sheet-empty = الجدول فارغ
refused-risk-sheet-empty-advice = تحت سطر أسماء الأعمدة يجب أن يكون سطر آخر على الأقل.
refused-risk-column = العمود «{ $column }» ناقص
refused-risk-column-advice = ابدأ بالجدول الذي تعطيه هذه الصفحة: فيه كل الأعمدة.
refused-risk-column-unknown = لا يُقاس شيء اسمه «{ $column }»
refused-risk-column-unknown-advice = اكتب الاسم كما هو في جدول ما يُقاس، أو حدّده هناك أولًا.
refused-risk-measures-many = هذا كثير على القياس
refused-risk-measures-many-advice = يمكن قياس { $most } شيئًا على الأكثر. اترك ما يقول الشيء نفسه.
refused-risk-dimensions = جوانب الخطر كثيرة جدًا
refused-risk-dimensions-advice = { $most } على الأكثر، مثل التهديد والضعف والقدرة.
refused-risk-name = اسم ناقص أو طويل جدًا: «{ $name }»
refused-risk-name-advice = الجانب والفئة والجزء والاسم: من 1 إلى { $most } حرفًا لكل منها، والمصدر 160 على الأكثر.
refused-risk-weight = وزن «{ $name }» ليس وزنًا
refused-risk-weight-advice = اكتب من 1 إلى { $most }. إن أردت ألا يُحسب شيء فاحذف سطره.
refused-risk-weights-differ = «{ $name }» له وزنان مختلفان
refused-risk-weights-differ-advice = اكتب الوزن نفسه في كل أسطره.
refused-risk-scale = سلّم «{ $name }» لا يؤدي إلى شيء
refused-risk-scale-advice = يجب أن يختلف القياسان، ومع log يجب أن يكونا فوق 0.
refused-risk-number = السطر { $line }، العمود «{ $column }»: هذا ليس عددًا
refused-risk-number-advice = اكتبه بنقطة ودون فراغات، مثل 1250.5. اترك الخانة فارغة إن لم يقسه أحد.
refused-risk-measure-twice = «{ $name }» موجود مرتين
refused-risk-measure-twice-advice = أعط كل شيء اسمه.
refused-risk-area = السطر { $line }: لا توجد منطقة واحدة اسمها «{ $name }»
refused-risk-area-advice = استعمل الاسم أو الرمز أو id من جدول كل المناطق.
refused-risk-area-twice = السطر { $line }: «{ $name }» موجودة مرتين
refused-risk-area-twice-advice = سطر واحد لكل منطقة.
refused-risk-day = اليوم ناقص أو لم يأت بعد
refused-risk-day-advice = اكتب يوم القياس.
refused-risk-reason = السبب ناقص أو طويل جدًا
refused-risk-reason-advice = قل في { $most } حرفًا على الأكثر لماذا تُقاس هذه الأشياء وتوزن هكذا. يستطيع الجميع قراءته.
refused-risk-unset = لم تقل المدينة بعد ممَّ يتكوّن الخطر
refused-risk-unset-advice = حدّد أولًا ما الذي يُقاس، ثم أحضر القياسات.
