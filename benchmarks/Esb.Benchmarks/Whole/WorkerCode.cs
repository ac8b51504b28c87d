namespace Esb.Benchmarks.Whole;

/// <summary>A function that only answers.</summary>
internal sealed record WorkerCode(string Name, string Program, string Runtime, string Handler, string File, string Text)
{
    public static readonly WorkerCode Python = new(
        "Python",
        "python",
        "python3.11",
        "app.handler",
        "app.py",
        "def handler(event, context):\n    return {'statusCode': 200, 'body': 'hello'}\n");

    public static readonly WorkerCode Node = new(
        "Node",
        "node",
        "nodejs18.x",
        "app.handler",
        "app.js",
        "exports.handler = async () => ({ statusCode: 200, body: 'hello' });\n");

    public void Write(string folder) => System.IO.File.WriteAllText(Path.Combine(folder, File), Text);
}
