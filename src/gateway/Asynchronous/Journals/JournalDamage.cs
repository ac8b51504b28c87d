namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>What of a journal could not be read.</summary>
/// <param name="Bytes">How many bytes.</param>
/// <param name="Records">At least how many records stood there.</param>
internal readonly record struct JournalDamage(long Bytes, int Records)
{
    public static JournalDamage operator +(JournalDamage one, JournalDamage other) => new(one.Bytes + other.Bytes, one.Records + other.Records);
}

/// <summary>An accepted event whose record is damaged: nobody can run it any more.</summary>
internal sealed class DamagedEventException(string message) : IOException(message);
