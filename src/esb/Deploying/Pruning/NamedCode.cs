using System.Text;
using System.Text.RegularExpressions;
using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Files;
using Esb.Schema.Functions;

namespace Esb.Cli.Deploying.Pruning;

/// <summary>
/// What somebody names: code by the last two parts of its path, images by their reference. Taken from the text as well as from what it says, so that a damaged file, a path through a link
/// and a path to a part of the code keep it too. What is kept by mistake costs space, what is removed by mistake costs a platform.
/// </summary>
internal sealed partial class NamedCode
{
    private readonly HashSet<string> _code = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private string? _all;

    /// <summary>Adds what a folder's three files name.</summary>
    /// <exception cref="UnauthorizedAccessException">They may not be read; what they name is not known.</exception>
    public void AddFolder(string folder)
    {
        foreach (var name in ConfigurationFiles.Names.Where(n => Presence.IsFile(Path.Combine(folder, n))))
            AddText(File.ReadAllText(Path.Combine(folder, name)));
        foreach (var function in FunctionsFile.Read(ConfigurationFolder.ReadDamaged(folder, []).Functions.Document, []).Functions.Values)
            AddText(string.Join('\n', [function.Code, function.Image, .. function.Layers]));
    }

    /// <summary>Adds all that looks like code in a text.</summary>
    public void AddText(string text)
    {
        _text.Append(text).Append('\n');
        _all = null;
        foreach (Match match in StagedPath().Matches(text))
            _code.Add(match.Groups[1].Value);
    }

    /// <param name="folder">Of staged code: <c>…/orders/0123456789abcdef</c>.</param>
    public bool Has(string folder) => _code.Contains(string.Join('/', folder.Split('/')[^2..]));

    /// <param name="reference">Of an image.</param>
    public bool HasImage(string reference) => (_all ??= _text.ToString()).Contains(reference, StringComparison.Ordinal);

    [GeneratedRegex(@"(?<=/)([\w-]+/[0-9a-f]{16}(?:-\d+)?)(?![\w-])", RegexOptions.CultureInvariant)]
    private static partial Regex StagedPath();
}
