using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Receipts;

/// <summary>Collects how each resource and property of one template is treated.</summary>
/// <param name="prefix">
/// The prefix of each logical id: the path of nested applications; empty for the top template.
/// </param>
internal sealed class Receipt(string prefix)
{
    private readonly List<ReceiptLine> _lines = [];

    /// <summary>The name of a resource in receipt lines.</summary>
    public string NameOf(string resource) => prefix + resource;

    public IReadOnlyList<ReceiptLine> Lines => _lines;

    public void Applied(string resource, string property, YamlNode at) =>
        Add(resource, property, Outcome.Applied, "", at);

    public void Approximated(string resource, string property, string how, YamlNode at) =>
        Add(resource, property, Outcome.Approximated, how, at);

    public void Ignored(string resource, string property, string why, YamlNode at) =>
        Add(resource, property, Outcome.Ignored, why, at);

    public void Add(string resource, string property, Outcome outcome, string reason, YamlNode at) =>
        _lines.Add(new ReceiptLine(prefix + resource, property, outcome, reason, at.Place));

    public void AddRange(IEnumerable<ReceiptLine> lines) => _lines.AddRange(lines);
}
