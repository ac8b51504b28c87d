using System.Text;
using CsCheck;
using Esb.Objects.Errors;
using Esb.Objects.Storage;

namespace Esb.Objects.Tests.Versions;

/// <summary>Random sequences of writes, deletes, changes of versioning and restarts against plain lists.</summary>
internal sealed class VersionLawTests
{
    private static readonly string[] Keys = ["a", "a/b", "é"];

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.OneOf(Kinds()), Gen.Int[0, Keys.Length - 1], Gen.Int[0, 20], (kind, key, which) =>
            new Step(kind, Keys[key], which));

    [Test]
    public async Task A_bucket_agrees_with_plain_lists_after_each_step()
    {
        Steps.Array[1, 25].Sample(
            steps =>
            {
                using var run = new VersionRun();
                return Array.TrueForAll(steps, step => run.Try(step) && run.Agrees());
            },
            iter: 60,
            threads: 2);
        await Task.CompletedTask;
    }

    private static StepKind[] Kinds() =>
    [
        StepKind.Put, StepKind.Put, StepKind.Put, StepKind.Delete, StepKind.Delete, StepKind.DeleteVersion,
        StepKind.DeleteVersion, StepKind.Enable, StepKind.Suspend, StepKind.Restart, StepKind.List,
    ];
}

internal enum StepKind
{
    Put,
    Delete,
    DeleteVersion,
    Enable,
    Suspend,
    Restart,
    List,
}

/// <summary>One step.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Key">To which key.</param>
/// <param name="Which">To which of its versions, counted around.</param>
internal sealed record Step(StepKind Kind, string Key, int Which);

/// <summary>A bucket on the disk and its model.</summary>
internal sealed class VersionRun : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-versions").FullName;
    private readonly VersionModel _model = new();
    private DataFolder _data;
    private Bucket _bucket;
    private int _writes;
    // Goes back now and then, as clocks do.
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddYears(50);

    public VersionRun()
    {
        _data = DataFolder.Open(_root);
        var catalog = BucketCatalog.Load(_data);
        catalog.Create("bucket", new BucketRecord(DateTimeOffset.UnixEpoch, ""));
        _bucket = catalog.Require("bucket");
    }

    /// <summary>Makes a step in both; false when they answer differently.</summary>
    public bool Try(Step step)
    {
        _now = _now.AddSeconds(step.Which - 9);
        switch (step.Kind)
        {
            case StepKind.Put:
                Put(step.Key);
                return true;
            case StepKind.Delete:
                return Delete(step.Key);
            case StepKind.DeleteVersion:
                return DeleteVersion(step);
            case StepKind.Enable:
                _bucket.Change(settings => settings.SetVersioning(VersioningState.Enabled));
                return true;
            case StepKind.Suspend:
                _bucket.Change(settings => settings.SetVersioning(VersioningState.Suspended));
                return true;
            case StepKind.Restart:
                _data.Dispose();
                _data = DataFolder.Open(_root);
                _bucket = BucketCatalog.Load(_data).Require("bucket");
                return true;
            default:
                return ListingAgrees();
        }
    }

    /// <summary>Whether every version and every key reads as it should.</summary>
    public bool Agrees() =>
        _model.All.All(version => version.IsMarker
            ? CodeOf(version.Key, version.Id) == "MethodNotAllowed"
            : Read(version.Key, version.Id) == version.Content)
        && new[] { "a", "a/b", "é" }.All(key => _model.NewestOf(key) is { IsMarker: false } newest
            ? Read(key, null) == newest.Content
            : CodeOf(key, null) == "NoSuchKey")
        && _model.Current.Count() == Current().Length;

    public void Dispose()
    {
        _data.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private void Put(string key)
    {
        var text = $"{key} {++_writes}";
        using var content = _bucket.NewTemporaryFile();
        content.Stream.Write(Encoding.UTF8.GetBytes(text));
        var made = _bucket.Commit(
            content,
            new ObjectMetadata { Key = key, Size = content.Stream.Length, ETag = text, LastModified = _now },
            WriteCondition.None);
        _model.Add(new ModelVersion(key, made.Id, text, IsMarker: false));
    }

    private bool Delete(string key)
    {
        var wasVersioned = _bucket.Settings.IsVersioned;
        var deleted = _bucket.Delete(new Deletion(key, null, WriteCondition.None, _now));
        if (wasVersioned)
            _model.Add(new ModelVersion(key, deleted.VersionId!, "", IsMarker: true));
        else
            _model.Remove(key, "null");
        return deleted.IsDeleteMarker == wasVersioned;
    }

    private bool DeleteVersion(Step step)
    {
        var all = _model.All.ToArray();
        if (all.Length == 0)
            return true;
        var version = all[step.Which % all.Length];
        var deleted = _bucket.Delete(new Deletion(version.Key, version.Id, WriteCondition.None, _now));
        _model.Remove(version.Key, version.Id);
        return deleted == new Deleted(version.Id, version.IsMarker);
    }

    private bool ListingAgrees()
    {
        var versions = _bucket.Query(index => index.Versions is { } all
            ? Enumerable.Range(0, all.Count).Select(i => $"{all[i].Key} {all[i].Id} {all[i].IsDeleteMarker}").ToArray()
            : null);
        return Current().SequenceEqual(_model.Current.Select(version => $"{version.Key} {version.Content}"))
            && (versions is null
                || versions.SequenceEqual(_model.All.Select(v => $"{v.Key} {v.Id} {v.IsMarker}")));
    }

    private string[] Current() => _bucket.Query(index =>
        Enumerable.Range(0, index.Current.Count)
            .Select(i => $"{index.Current[i].Key} {index.Current[i].ETag}")
            .ToArray());

    private string Read(string key, string? id)
    {
        using var opened = _bucket.Open(key, id);
        var bytes = new byte[opened.Metadata.Size];
        RandomAccess.Read(opened.Handle, bytes, 0);
        return Encoding.UTF8.GetString(bytes);
    }

    private string CodeOf(string key, string? id)
    {
        try
        {
            _bucket.Open(key, id).Dispose();
            return "none";
        }
        catch (S3Exception e)
        {
            return e.Code;
        }
    }
}
