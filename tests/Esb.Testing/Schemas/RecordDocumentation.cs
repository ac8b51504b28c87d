using System.Reflection;
using System.Text;
using System.Xml.Linq;

namespace Esb.Testing.Schemas;

/// <summary>The XML documentation of a record or property, as one line of text.</summary>
public static class RecordDocumentation
{
    private static readonly Dictionary<string, Dictionary<string, string>> Files = new(StringComparer.Ordinal);

    /// <returns>Null if it has none.</returns>
    public static string? Of(MemberInfo? member) => member switch
    {
        Type type => In(type.Assembly, $"T:{type.FullName}"),
        { DeclaringType: { } type } => In(type.Assembly, $"P:{type.FullName}.{member.Name}"),
        _ => null,
    };

    private static string? In(Assembly assembly, string name)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(path))
            return null;
        lock (Files)
        {
            if (!Files.TryGetValue(path, out var members))
                Files[path] = members = Read(path);
            return members.GetValueOrDefault(name);
        }
    }

    private static Dictionary<string, string> Read(string path)
    {
        var members = XDocument.Load(path).Descendants("member").Where(m => m.Element("summary") is not null);
        return members.ToDictionary(m => m.Attribute("name")!.Value, m => Text(m.Element("summary")!));
    }

    private static string Text(XElement summary)
    {
        var text = new StringBuilder();
        foreach (var node in summary.Nodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.', ':')[^1]}`",
                XElement other => $"`{other.Value}`",
                _ => "",
            });
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
