using System.Buffers;
using System.Text;
using Esb.Cli.Deploying.Transaction;
using Esb.Host.Files;
using Esb.Schema.Files;
using Esb.Schema.Functions;

namespace Esb.Cli.Removing.Code;

/// <summary>
/// What somebody names: code by the last two parts of its path, images by their reference. Taken from the text as well as from what it says, so that a damaged file, a path through a link
/// and a path to a part of the code keep it too. What is kept by mistake costs space, what is removed by mistake costs a platform.
/// </summary>
internal sealed class NamedCode
{
    private const int KeyDigits = 16;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private readonly HashSet<string> _code = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private string? _all;

    /// <summary>Adds what a folder's three files name.</summary>
    /// <exception cref="UnauthorizedAccessException">They may not be read; what they name is not known.</exception>
    public void AddFolder(string folder)
    {
        foreach (var name in ConfigurationFiles.Names.Where(n => Presence.IsFile(Path.Combine(folder, n))))
            AddText(OrdinaryFile.ReadText(Path.Combine(folder, name)));
        foreach (var function in FunctionsFile.Read(ConfigurationFolder.ReadDamaged(folder, []).Functions.Document, []).Functions.Values)
            AddText(string.Join('\n', [function.Code, function.Image, .. function.Layers]));
    }

    /// <summary>Adds all that looks like code in a text.</summary>
    public void AddText(string text)
    {
        _text.Append(text).Append('\n');
        _all = null;
        foreach (var code in StagedPaths(text))
            _code.Add(code);
    }

    /// <param name="folder">Of staged code: <c>…/orders/0123456789abcdef</c>.</param>
    public bool Has(string folder) => _code.Contains(string.Join('/', folder.Split('/')[^2..]));

    /// <summary>Whether a folder is called as staged code is: 16 small hexadecimal digits, and perhaps a number behind a dash.</summary>
    public static bool IsKey(ReadOnlySpan<char> name)
    {
        if (name.Length < KeyDigits || name[..KeyDigits].ContainsAnyExcept(LowerHex))
            return false;
        var rest = name[KeyDigits..];
        return rest.IsEmpty || (rest.Length > 1 && rest[0] == '-' && !rest[1..].ContainsAnyExceptInRange('0', '9'));
    }

    /// <param name="reference">Of an image.</param>
    public bool HasImage(string reference) => (_all ??= _text.ToString()).Contains(reference, StringComparison.Ordinal);

    // Two words behind a slash each, the second one a key. Each word is looked at twice at most, however long the text.
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
