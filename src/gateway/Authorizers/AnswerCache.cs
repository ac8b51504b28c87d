using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Esb.Gateway.Clocks;
using Microsoft.Extensions.Primitives;

namespace Esb.Gateway.Authorizers;

/// <summary>
/// A cache of a function's answers about callers. It is bounded, and its keys are hashes, so that no token stays in
/// memory.
/// </summary>
internal sealed class AnswerCache(TimeSpan lifetime, TimeProvider time)
{
    /// <summary>The maximum number of callers; beyond it, answers are forgotten early.</summary>
    public const int MaxEntries = 10_000;

    /// <summary>The maximum size of all answers as they were written, in bytes.</summary>
    public const long MaxBytes = 8L * 1024 * 1024;

    private readonly ConcurrentDictionary<string, (AuthorizerAnswer Answer, TimeSpan Until)> _answers = new(
        StringComparer.Ordinal);

    private long _bytes;

    /// <summary>The size of all cached answers in bytes.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>
    /// The key for the values of a request's identity sources; null when nothing may be cached. Each value is preceded
    /// by its length, and each source by its number of values. So two requests that differ in any value never share a
    /// key.
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
        if (_answers.Count >= MaxEntries || Interlocked.Read(ref _bytes) >= MaxBytes)
            MakeRoom();
        if (_answers.TryAdd(key, (answer, time.Steady() + lifetime)))
            Interlocked.Add(ref _bytes, answer.Size);
        else if (_answers.TryGetValue(key, out var old)
            && _answers.TryUpdate(key, (answer, time.Steady() + lifetime), old))
            Interlocked.Add(ref _bytes, answer.Size - old.Answer.Size);
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
                Remove(key);
        }

        // Removes all entries; answers that other threads add meanwhile stay.
        if (_answers.Count >= MaxEntries || Interlocked.Read(ref _bytes) >= MaxBytes)
        {
            foreach (var (key, _) in _answers)
                Remove(key);
        }
    }

    private void Remove(string key)
    {
        if (_answers.TryRemove(key, out var entry))
            Interlocked.Add(ref _bytes, -entry.Answer.Size);
    }
}
