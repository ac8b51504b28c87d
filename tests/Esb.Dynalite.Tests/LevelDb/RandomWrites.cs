using System.Text;

namespace Esb.Dynalite.Tests.LevelDb;

/// <summary>Random batches of writes and deletions, with few enough keys that they are overwritten often.</summary>
internal static class RandomWrites
{
    public static List<IReadOnlyList<(byte[] Key, byte[]? Value)>> Batches(Random random, int count, int keys) =>
        [.. Enumerable.Range(0, count).Select(_ => Batch(random, keys))];

    private static IReadOnlyList<(byte[] Key, byte[]? Value)> Batch(Random random, int keys) =>
        [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => (Key(random, keys), Value(random)))];

    private static byte[] Key(Random random, int keys)
    {
        var key = Encoding.UTF8.GetBytes($"{(char)('a' + random.Next(3))}~{random.Next(keys)}");
        return random.Next(50) == 0 ? [.. key, 0xFF, 0x00, 0xFF] : key;
    }

    // Random bytes cannot be compressed, equal ones can. Some values are longer than a block of a log.
    private static byte[]? Value(Random random)
    {
        if (random.Next(4) == 0)
            return null;
        var value = new byte[random.Next(40) == 0 ? random.Next(100_000) : random.Next(1500)];
        if (random.Next(2) == 0)
            random.NextBytes(value);
        else
            Array.Fill(value, (byte)random.Next(256));
        return value;
    }
}
