namespace Esb.Tables.Values;

/// <summary>Compares sets without regard to the order of their members.</summary>
internal static class SetEquality
{
    public static bool Same<T>(IReadOnlyList<T> a, IReadOnlyList<T> b)
        where T : notnull =>
        a.Count == b.Count && new HashSet<T>(a).SetEquals(b);

    public static int Hash<T>(IReadOnlyList<T> members)
        where T : notnull =>
        members.Aggregate(members.Count, (hash, member) => hash ^ member.GetHashCode());
}
