namespace Lectern.Messaging.Mail;

/// <summary>The sentences of our mail, in the languages we have; a reader of another language gets English.</summary>
internal abstract class Words(string name)
{
    protected string Name => name;

    public static Words In(string? locale, string name) =>
        locale is not null && locale.StartsWith("ar", StringComparison.OrdinalIgnoreCase) ? new Arabic(name) : new English(name);

    public abstract (string Subject, string Body) Welcome(string course, string link);

    public abstract (string Subject, string Body) PasswordReset(string link);

    /// <summary>What somebody who teaches wrote; without a body it is only said that there is something to read.</summary>
    public abstract (string Subject, string Body) Message(string course, string author, string subject, string? body, string link);

    private sealed class English(string name) : Words(name)
    {
        public override (string, string) Welcome(string course, string link) =>
            ($"You have joined {course}", $"Hello {Name},\n\nyou are now part of {course}. You find it here:\n{link}\n");

        public override (string, string) PasswordReset(string link) =>
            ("Set a new password",
                $"Hello {Name},\n\nto set a new password, open this address within an hour:\n{link}\n\nIf you did not ask for this, you "
                + "need do nothing.\n");

        public override (string, string) Message(string course, string author, string subject, string? body, string link) =>
            ($"{course}: {subject}",
                body is null
                    ? $"Hello {Name},\n\n{author} has written to you in {course}. Read it here:\n{link}\n"
                    : $"{body}\n\n--\n{author}, {course}\n{link}\n");
    }

    private sealed class Arabic(string name) : Words(name)
    {
        public override (string, string) Welcome(string course, string link) =>
            ($"لقد انضممت إلى {course}", $"مرحبًا {Name}،\n\nأصبحت الآن مشاركًا في {course}. تجده هنا:\n{link}\n");

        public override (string, string) PasswordReset(string link) =>
            ("تعيين كلمة مرور جديدة",
                $"مرحبًا {Name}،\n\nلتعيين كلمة مرور جديدة افتح هذا العنوان خلال ساعة:\n{link}\n\nإذا لم تطلب ذلك فلا حاجة إلى أي "
                + "إجراء.\n");

        public override (string, string) Message(string course, string author, string subject, string? body, string link) =>
            ($"{course}: {subject}",
                body is null
                    ? $"مرحبًا {Name}،\n\nكتب إليك {author} في {course}. اقرأ الرسالة هنا:\n{link}\n"
                    : $"{body}\n\n--\n{author}، {course}\n{link}\n");
    }
}
