using System.Buffers;
using Esb.Schema.Diagnostics;
using SharpYaml;
using SharpYaml.Events;

namespace Esb.Schema.Yaml;

/// <summary>
/// Parses YAML and JSON (which is YAML) to a tree. Only this class and <see cref="YamlTextWriter"/> use the YAML
/// library. Depth, number of nodes and expansion of aliases are limited.
/// </summary>
public static partial class YamlReader
{
    /// <summary>The maximum nesting depth.</summary>
    public const int MaxDepth = 64;

    /// <summary>The maximum number of nodes in a document; aliases are counted each time they are used.</summary>
    public const int MaxNodes = 4_000_000;

    /// <summary>
    /// The maximum number of characters in a document; those of aliases are counted each time they are used.
    /// </summary>
    public const int MaxCharacters = 64 * 1024 * 1024;

    // Errors beyond this number are worth neither reading nor the memory.
    private const int MaxErrors = 100;

    /// <summary>Reads one document. An empty text is an empty mapping.</summary>
    /// <param name="text">The document.</param>
    /// <param name="file">Its name in messages.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    /// <param name="mergeKeys">
    /// Whether <c>&lt;&lt;</c> merges, as in templates; otherwise it is an ordinary key.
    /// </param>
    /// <param name="refusesMergeKeys">
    /// Whether <c>&lt;&lt;</c> is an error, because what it would merge, such as a guard, would not be read.
    /// </param>
    /// <returns>
    /// The tree; null when the text is not a document, in which case <paramref name="diagnostics"/> has an error.
    /// </returns>
    public static YamlNode? Read(
        string text,
        string file,
        DiagnosticBag diagnostics,
        bool mergeKeys = false,
        bool refusesMergeKeys = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (text.Length > MaxCharacters)
        {
            diagnostics.Add(new Diagnostic(
                Severity.Error,
                DiagnosticCodes.YamlLimit,
                $"the document has more than {MaxCharacters} characters",
                file,
                1,
                1));
            return null;
        }

        return Parse(text, file, diagnostics, mergeKeys, refusesMergeKeys, isWritten: true);
    }

    private static YamlNode? Parse(
        string text,
        string file,
        DiagnosticBag diagnostics,
        bool mergeKeys,
        bool refusesMergeKeys,
        bool isWritten)
    {
        IParser? parser = null;
        try
        {
            parser = Parser.CreateParser(new StringReader(text), MaxDepth);
            return new Document(parser, file, diagnostics, mergeKeys, refusesMergeKeys).Read();
        }
        catch (YamlException e)
        {
            if (isWritten && JsonAsYaml.Of(text) is { } json)
                return Parse(json, file, diagnostics, mergeKeys, refusesMergeKeys, isWritten: false);
            diagnostics.Add(Syntax(e, file));
            return null;
        }
        catch (ArgumentOutOfRangeException)
        {
            // SharpYaml 3.17 throws this for an escape such as \uD83D, half of a surrogate pair.
            var (line, column) = parser?.Current is { } last ? (last.End.Line + 1, last.End.Column + 1) : (1, 1);
            diagnostics.Add(new Diagnostic(
                Severity.Error,
                DiagnosticCodes.YamlSyntax,
                "after this position, an escape in a text does not stand for a character",
                file,
                line,
                column));
            return null;
        }
        catch (LimitException e)
        {
            diagnostics.Add(new Diagnostic(
                Severity.Error, DiagnosticCodes.YamlLimit, e.Message, file, e.Place.Line, e.Place.Column));
            return null;
        }
    }

    private static Diagnostic Syntax(YamlException e, string file)
    {
        // The library puts "(Lin: …) - (Lin: …): " before its message; the position is printed in our own form.
        var message = e.Message;
        var colon = message.IndexOf("): ", StringComparison.Ordinal);
        if (colon >= 0)
            message = message[(colon + 3)..];
        var code = message.Contains("depth", StringComparison.OrdinalIgnoreCase)
            ? DiagnosticCodes.YamlLimit
            : DiagnosticCodes.YamlSyntax;
        return new Diagnostic(
            Severity.Error, code, "not valid YAML: " + message.TrimEnd('.'), file, e.Start.Line + 1, e.Start.Column
                + 1);
    }

    private const string CorePrefix = "tag:yaml.org,2002:";
    private static readonly string[] CoreTags =
        ["str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge"];
    private const string TextTag = "tag:yaml.org,2002:str";
    private const string NotResolved =
        "!"; // YAML 1.2.2, chapter 6.9.1: the non-specific tag makes text of a plain scalar

    private static readonly SearchValues<char> TagCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    private sealed class LimitException(string message, Place place) : Exception(message)
    {
        public Place Place { get; } = place;
    }
}
