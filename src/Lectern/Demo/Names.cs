namespace Lectern.Demo;

/// <summary>Names for people who do not exist, from many places, in a fixed order for a given seed.</summary>
internal sealed class Names(Random random)
{
    private static readonly string[] Given =
    [
        "Amina", "Noah", "Yuki", "Priya", "Mateo", "Fatima", "Liam", "Chen", "Zanele", "Ingrid", "Omar", "Sofia", "Kwame", "Elif", "Tomás",
        "Hana", "Ravi", "Maja",
        "Youssef", "Chloé", "Dmitri", "Aroha", "Luca", "Mei", "Tariq", "Freya", "Samuel", "Layla", "Jonas", "Ngozi", "Emil", "Salma",
        "Pavel", "Ana", "Idris", "Klara",
        "Hamza", "Isla", "Joon", "Marta", "Bilal", "Nora", "Diego", "Thandi", "Arjun", "Leila", "Oskar", "Rania", "Kofi", "Ewa",
    ];

    private static readonly string[] Family =
    [
        "Okafor", "Lindqvist", "Tanaka", "Sharma", "García", "Haddad", "O’Brien", "Wang", "Dlamini", "Berg", "Farouk", "Rossi", "Mensah",
        "Yılmaz", "Novák", "Kim", "Patel",
        "Kowalska", "Mansour", "Dubois", "Ivanov", "Ngata", "Conti", "Zhang", "Rahman", "Andersen", "Cohen", "Nasser", "Weber", "Eze",
        "Holm", "Saleh", "Horák", "Silva",
        "Bello", "Fischer", "Aziz", "Murray", "Park", "Santos", "Qureshi", "Larsen", "Torres", "Nkosi", "Rao", "Karimi", "Virtanen",
        "Khoury", "Asante", "Nowak",
    ];

    public (string Name, string Sortable) Next()
    {
        var given = Given[random.Next(Given.Length)];
        var family = Family[random.Next(Family.Length)];
        return ($"{given} {family}", $"{family}, {given}");
    }
}
