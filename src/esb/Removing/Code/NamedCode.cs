using System.Buffers;
using System.Text;
using Esb.Cli.Deploying.Transaction;
using Esb.Host.Files;
using Esb.Schema.Files;
using Esb.Schema.Functions;

namespace Esb.Cli.Removing.Code;

/// <summary>
/// The code and images that are in use: code by the last two parts of its path, images by their reference. Both the raw
/// text and its parsed content are searched, so that code is also kept if the file is damaged, or if its path leads
/// through a link or to a part of the code. Code that is kept by mistake costs space; code that is removed by mistake
/// breaks a platform.
/// </summary>
internal sealed class NamedCode
{
    private const int KeyDigits = 16;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private readonly HashSet<string> _code = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private string? _all;

    /// <summary>Adds the code and images that a folder's three files name.</summary>
    /// <exception cref="UnauthorizedAccessException">The files cannot be read, so their code is unknown.</exception>
    public void AddFolder(string folder)
    {
        foreach (var name in ConfigurationFiles.Names.Where(n => ExistenceCheck.IsFile(Path.Combine(folder, n))))
            AddText(OrdinaryFile.ReadText(Path.Combine(folder, name)));
        foreach (var function in FunctionsFile.Read(
            ConfigurationFolder.ReadDamaged(folder, []).Functions.Document, []).Functions.Values)
            AddText(string.Join('\n', [function.Code, function.Image, .. function.Layers]));
    }

    /// <summary>Adds everything in a text that looks like code.</summary>
    public void AddText(string text)
    {
        _text.Append(text).Append('\n');
        _all = null;
        foreach (var code in StagedPaths(text))
            _code.Add(code);
    }

    /// <param name="folder">A folder of staged code: <c>…/orders/0123456789abcdef</c>.</param>
    public bool Has(string folder) => _code.Contains(string.Join('/', folder.Split('/')[^2..]));

    /// <summary>
    /// Whether a folder has a name of staged code: 16 lowercase hexadecimal digits, optionally with a dash and a
    /// number.
    /// </summary>
    public static bool IsKey(ReadOnlySpan<char> name)
    {
        if (name.Length < KeyDigits || name[..KeyDigits].ContainsAnyExcept(LowerHex))
            return false;
        var rest = name[KeyDigits..];
        return rest.IsEmpty || (rest.Length > 1 && rest[0] == '-' && !rest[1..].ContainsAnyExceptInRange('0', '9'));
    }

    /// <param name="reference">The reference of an image.</param>
    public bool HasImage(string reference) => (_all ??= _text.ToString()).Contains(reference, StringComparison.Ordinal);

    // Finds two words, each after a slash, of which the second is a key. Each word is checked at most twice, however
    // long the text is.
    private static IEnumerable<string> StagedPaths(string text)
    {
        for (var slash = text.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = text.IndexOf('/', slash + 1))
        {
            var name = WordLength(text, slash + 1);
            var key = slash + 1 + name + 1;
            if (name == 0 || key > text.Length || text[key - 1] != '/')
                continue;
            var length = WordLength(text, key);
            if (IsKey(text.AsSpan(key, length)))
                yield return text[(slash + 1)..(key + length)];
        }
    }

    private static int WordLength(string text, int from)
    {
        var end = from;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-'))
            end++;
        return end - from;
    }
}
