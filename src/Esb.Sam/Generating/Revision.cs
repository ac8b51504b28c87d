using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Esb.Sam.Functions;

namespace Esb.Sam.Generating;

/// <summary>
/// A hash of everything that makes a worker different. While the hash is the same, running workers stay.
/// </summary>
public static class Revision
{
    /// <summary>Returns the hash as eight hex digits.</summary>
    /// <param name="function">Provides handler, runtime, environment, memory and what is started in the image.</param>
    /// <param name="code">A hash of the code, or the image reference.</param>
    /// <param name="layers">Hashes of the layers, lowest first.</param>
    public static string Of(SamFunction function, string code, IReadOnlyList<string> layers)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(layers);
        var text = new StringBuilder();
        // Each value follows its length, so that different lists of parts never give the same text.
        void Part(string? part) => text.Append(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part};");
        Part(code);
        Part(function.Runtime);
        Part(function.Handler);
        Part(function.MemorySize?.ToString(CultureInfo.InvariantCulture));
        Part(layers.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var layer in layers)
            Part(layer);
        if (function.ImageConfig is { } config)
        {
            foreach (var word in (string?[])[
                .. config.EntryPoint, null, .. config.Command, null, config.WorkingDirectory,
            ])
                Part(word);
        }

        if (function.EphemeralStorage is { } storage)
            Part($"tmp {storage.ToString(CultureInfo.InvariantCulture)}");
        foreach (var (key, value) in function.Environment.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            Part(key);
            Part(value);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 4));
    }
}
