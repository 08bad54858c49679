using BenchmarkDotNet.Running;
using Chancery.Bench;

return args switch
{
    ["gold-words", var file, .. var rest] => GoldWords.Run(file, rest),
    ["check-export", var folder, .. var rest] => CheckExport.Run(folder, rest),
    ["names", var file, .. var rest] => NamesScore.Run(file, rest),
    ["speed", var folder, .. var rest] => Speed.Run(folder, rest),
    ["profile", var folder] => Profile.Run(folder),
    ["event-pairs", var file] => EventPairs.Run(file),
    ["synthesize", .. var rest] => Synthesis.Run(rest),
    ["grow", var archive, var records, .. var rest] => Growth.Run(archive, records, rest),
    ["kill", var chancery, var documents, .. var rest] => Kills.Run(chancery, documents, rest),
    ["views", var archive, .. var rest] => ViewLatency.Run(archive, rest),
    ["view-load", var archive, .. var rest] => ViewLoad.Run(archive, rest),
    ["faults", var chancery, var documents, .. var rest] => Workers.Faults(chancery, documents, rest),
    ["workers", var chancery, var documents, .. var rest] => Workers.Throughput(chancery, documents, rest),
    ["pages", var address, .. var rest] => await PageLoad.RunAsync(address, rest),
    ["fuzz", var folder, .. var rest] => await Fuzz.RunAsync(folder, rest),
    ["micro", .. var rest] => Micro(rest),
    _ => Usage(),
};

static int Micro(string[] args)
{
    BenchmarkRunner.Run<Stages>(args: args);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("""
        usage: gold-words FILE.conllu [MODEL]   annotates a treebank's own words, prints CoNLL-U
               check-export FOLDER [MODEL]      compares with what the network answered before export
               names FILE.jsonl [MODEL]         scores names on a check file that has hand-made ones
               speed FOLDER [THREADS]           words a second over the texts of a folder
               profile FOLDER                   where the time goes over the texts of a folder
               event-pairs FILE.tsv             what the learned scorer sees of marked pairs, to train it
               synthesize --documents N --to FILE.jsonl [--records] [--seed N]  documents in any number, from the samples
               grow ARCHIVE FILE.jsonl [N]      what adding records costs as the archive grows; merges every N documents, else at the end
               kill CHANCERY DOCUMENTS [N]      kills the command while it adds documents, N times, and compares with an undisturbed archive
               views ARCHIVE [ROUNDS]           how long the first page of every view takes, cold and warm
               view-load ARCHIVE [READERS] [WRITERS] [SECONDS]  the same with many who ask and some who add
               workers CHANCERY FILE.jsonl [1 2 4]  documents a second of so many workers, against the command alone
               faults CHANCERY FILE.jsonl [FAULTS] [WORKERS] [OTHER CHANCERY]  workers while all around them fails, then what came of it
               pages ADDRESS [READERS] [SECONDS] how long pages of a running server take to begin
               fuzz FOLDER [REQUESTS] [SEED]    asks the API anything, over an archive of the folder's texts; counts what comes of it
               micro [OPTIONS]                  BenchmarkDotNet over the stages
        """);
    return 2;
}
