using Lectern.Contracts.Identity;
using Lectern.Platform.Tenancy;

namespace Lectern.Identity.Users;

/// <summary>
/// Decides who each row of a roster is: the one with its SIS id, else with its e-mail, else with its login name. Two different SIS
/// ids are two persons, whatever address they share; an address or login stays with whoever has it already.
/// </summary>
internal sealed class RosterMatch
{
    private readonly Dictionary<UserId, Person> byId = [];
    private readonly Dictionary<string, Person> bySis = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Person> byEmail = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Person> byLogin = new(StringComparer.Ordinal);
    private readonly List<Person> answers = [];
    private readonly List<Person> added = [];

    public RosterMatch(IReadOnlyList<RosterPerson> people, IReadOnlyList<Stored> stored)
    {
        foreach (var row in stored) Know(new Person(row));
        foreach (var person in people) answers.Add(Place(person));
    }

    /// <summary>New people, in the order of the roster.</summary>
    public IReadOnlyList<Row> ToAdd => added.ConvertAll(person => person.Now);

    /// <summary>Known people of whom the roster says something new.</summary>
    public IReadOnlyList<Row> ToChange => [.. byId.Values.Where(person => person.Changed).Select(person => person.Now)];

    /// <summary>What became of each row, once the new people have their numbers.</summary>
    public IReadOnlyList<KnownPerson> Answer(IReadOnlyList<UserId> numbers)
    {
        var number = added.Zip(numbers).ToDictionary(pair => pair.First, pair => pair.Second);
        return answers.ConvertAll(person => person.IsNew
            ? new KnownPerson(number[person], Added: true, Changed: true)
            : new KnownPerson(person.Now.UserId, Added: false, person.Changed));
    }

    private Person Place(RosterPerson row)
    {
        var person = Known(row);
        if (person is null)
        {
            person = new Person();
            added.Add(person);
        }

        var email = Free(byEmail, Spelling.Login(row.Email), person) ? Text(row.Email) : null;
        var login = Free(byLogin, Spelling.Login(row.LoginName), person) ? Text(row.LoginName) : null;
        person.Take(row, email, login);
        Know(person);
        return person;
    }

    private Person? Known(RosterPerson row)
    {
        if (row.SisId is not null && bySis.TryGetValue(row.SisId, out var person)) return person;
        return Claimable(byEmail, Spelling.Login(row.Email), row) ?? Claimable(byLogin, Spelling.Login(row.LoginName), row);
    }

    private static Person? Claimable(Dictionary<string, Person> by, string? key, RosterPerson row)
    {
        if (key is null || !by.TryGetValue(key, out var person)) return null;
        return row.SisId is null || person.Now.SisId is null || person.Now.SisId == row.SisId ? person : null;
    }

    private static bool Free(Dictionary<string, Person> by, string? key, Person person) =>
        key is null || !by.TryGetValue(key, out var owner) || owner == person;

    private void Know(Person person)
    {
        if (!person.IsNew) byId[person.Now.UserId] = person;
        if (person.Now.SisId is { } sis) bySis[sis] = person;
        if (Spelling.Login(person.Now.Email) is { } email) byEmail[email] = person;
        if (Spelling.Login(person.Now.LoginName) is { } login) byLogin[login] = person;
    }

    private static string? Text(string? text) => Spelling.Clean(text);

    internal sealed record Stored(
        UserId UserId, string? SisId, string? Email, string? LoginName, string Name, string SortableName, UserState State);

    /// <summary>A person's fields as they are to be.</summary>
    internal sealed record Row(
        UserId UserId, string? SisId, string? Email, string? LoginName, string Name, string SortableName, UserState State);

    private sealed class Person
    {
        private readonly Row? before;

        public Person() => Now = new Row(default, null, null, null, string.Empty, string.Empty, UserState.Active);

        public Person(Stored stored) =>
            Now = before = new Row(
                stored.UserId, stored.SisId, stored.Email, stored.LoginName, stored.Name, stored.SortableName, stored.State);

        public Row Now { get; private set; }

        public bool IsNew => before is null;

        public bool Changed => before is not null && before != Now;

        public void Take(RosterPerson row, string? email, string? login)
        {
            var name = Text(row.Name) ?? Now.Name;
            var sortable = Text(row.SortableName) ?? (name == Now.Name ? Now.SortableName : PersonName.Sortable(name));
            Now = Now with
            {
                Name = name, SortableName = sortable, SisId = Text(row.SisId) ?? Now.SisId,
                Email = email ?? Now.Email, LoginName = login ?? Now.LoginName,
                State = row.Active ? UserState.Active : UserState.Suspended,
            };
        }
    }
}
