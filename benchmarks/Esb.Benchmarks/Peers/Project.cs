using System.Globalization;

namespace Esb.Benchmarks.Peers;

/// <summary>
/// The project that all programs serve: the same two files of code, and next to them the configuration of each program.
/// It has one function for Python and one for Node, and Python functions that are not called before their cold start is
/// measured.
/// </summary>
internal sealed class Project : IDisposable
{
    public const string PythonPath = "/python";
    public const string NodePath = "/node";

    /// <summary>
    /// The number of functions that are started at once, in addition to the one that is started alone.
    /// </summary>
    public const int Burst = 8;

    public static readonly string[] ColdPaths =
    [
        .. Enumerable.Range(0, Burst + 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"/cold{i}")),
    ];

    private static readonly (string Path, string Folder, string Runtime)[] Functions =
    [
        (PythonPath, "python", "python3.11"),
        (NodePath, "node", "nodejs20.x"),
        .. ColdPaths.Select(path => (path, "python", "python3.11")),
    ];

    public Project()
    {
        Write("node/index.js", "exports.handler = async () => ({ statusCode: 200, body: 'hello' });\n");
        Answer("hello");
        Write("template.yaml", "Transform: AWS::Serverless-2016-10-31\nResources:\n" + Each((path, folder, runtime) =>
            $"  {Name(path)}:\n    Type: AWS::Serverless::Function\n    Properties:\n      CodeUri: {folder}\n"
            + $"      Handler: index.handler\n      Runtime: {runtime}\n"
            + $"      Events: {{ Get: {{ Type: Api, Properties: {{ Path: {path}, Method: GET }} }} }}\n"));
        Write(
            "serverless.yml",
            "service: peers\nprovider: { name: aws }\nplugins: [serverless-offline]\nfunctions:\n"
                + Each((path, folder, runtime) =>
                    $"  {Name(path)}: {{ runtime: {runtime}, handler: {folder}/index.handler, "
                        + $"events: [{{ http: {{ path: {path}, method: get }} }}] }}\n"));
        Write(
            "app.arc",
            "@app\npeers\n\n@http\n" + Each((path, folder, _) => $"{path}\n  method get\n  src {folder}\n\n"));
        Write("python/config.arc", "@aws\nruntime python3.11\n");
        Write("node/config.arc", "@aws\nruntime nodejs20.x\n");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("esb-peers-").FullName;

    /// <summary>Edits the Python function.</summary>
    public void Answer(string text) =>
        Write("python/index.py", $"def handler(event, context):\n    return {{'statusCode': 200, 'body': '{text}'}}\n");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Each(Func<string, string, string, string> line) =>
        string.Concat(Functions.Select(f => line(f.Path, f.Folder, f.Runtime)));

    private static string Name(string path) => path[1..2].ToUpperInvariant() + path[2..];

    private void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
