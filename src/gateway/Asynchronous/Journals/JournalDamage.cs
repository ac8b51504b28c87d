namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>The part of a journal that could not be read.</summary>
/// <param name="Bytes">The number of bytes.</param>
/// <param name="Records">The minimum number of records.</param>
internal readonly record struct JournalDamage(long Bytes, int Records)
{
    public static JournalDamage operator +(JournalDamage one, JournalDamage other) =>
        new(one.Bytes + other.Bytes, one.Records + other.Records);
}
