using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Esb.Gateway.Clocks;
using Microsoft.Extensions.Primitives;

namespace Esb.Gateway.Authorizers;

/// <summary>What a function said about callers, for a while. Bounded; callers are known by a hash, so that no token lies about in it.</summary>
internal sealed class AnswerCache(TimeSpan lifetime, TimeProvider time)
{
    /// <summary>More callers than this at once are forgotten early.</summary>
    public const int MaxEntries = 10_000;

    private readonly ConcurrentDictionary<string, (AuthorizerAnswer Answer, TimeSpan Until)> _answers = new(StringComparer.Ordinal);

    /// <summary>
    /// The key for the values of a request's identity sources; null when nothing may be remembered. Each value is preceded by its length and
    /// each source by the number of its values: whatever stands in them, no two requests that differ in one share a key.
    /// </summary>
    public string? KeyOf(IReadOnlyList<StringValues> sources)
    {
        if (lifetime <= TimeSpan.Zero || sources.Count == 0)
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var values in sources)
        {
            AppendNumber(hash, values.Count);
            foreach (var value in values)
            {
                var bytes = Encoding.UTF8.GetBytes(value ?? "");
                AppendNumber(hash, bytes.Length);
                hash.AppendData(bytes);
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    public AuthorizerAnswer? Find(string key) =>
        _answers.TryGetValue(key, out var entry) && entry.Until > time.Steady() ? entry.Answer : null;

    public void Add(string key, AuthorizerAnswer answer)
    {
        if (_answers.Count >= MaxEntries)
            MakeRoom();
        _answers[key] = (answer, time.Steady() + lifetime);
    }

    private static void AppendNumber(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private void MakeRoom()
    {
        var now = time.Steady();
        foreach (var (key, entry) in _answers)
        {
            if (entry.Until <= now)
                _answers.TryRemove(key, out _);
        }

        if (_answers.Count >= MaxEntries)
            _answers.Clear();
    }
}
