# review: unreviewed
decisions-title = الاجتماعات والقرارات
